import type { Entity } from '../generated/Entity';
import type { FramePerson } from '../generated/FramePerson';
import type { Partner } from '../generated/Partner';
import type { PersonLine } from '../generated/PersonLine';
import type { PutPerson } from '../generated/PutPerson';
import type { RollRow } from '../generated/RollRow';
import type { SeatView } from '../generated/SeatView';
import type { Create, Option } from '../parts/option';
import { act } from '../state/saving.svelte';
import { t } from '../texts/index.svelte';

/** People, entities and partners as the fields that choose one show them, and how one that is missing is registered. */

export const personOption = (one: PersonLine): Option => ({
  value: one.id,
  label: one.full_name,
  detail: [one.position, one.entity].filter(Boolean).join(', '),
  words: `${one.treatment} ${one.entity_name ?? ''}`,
});

/** Somebody as a session knows them; also found by the seat they hold or come for. */
export const framePersonOption = (one: FramePerson, roll: readonly RollRow[] = []): Option => ({
  value: one.id,
  label: one.full_name,
  detail: [one.position, one.entity].filter(Boolean).join(', '),
  words: [
    one.treatment,
    ...roll
      .filter((row) => row.person?.id === one.id || row.candidates.some((each) => each.person.id === one.id))
      .map((row) => `${row.title} ${row.entity ?? ''}`),
  ].join(' '),
});

/** A seat of a session by who comes for it; also found by the entities and the people of it. */
export const rollOption = (row: RollRow): Option => ({
  value: row.seat_id,
  label: row.person?.full_name ?? row.title,
  detail: row.title,
  words: [row.entity, row.person?.treatment, row.person?.entity, ...row.candidates.map((one) => one.person.full_name)]
    .filter(Boolean)
    .join(' '),
});

/** A seat of a body by its number and title; also found by its entity and by who holds it. */
export const seatOption = (one: SeatView, vacant = ''): Option => ({
  value: one.seat.id,
  label: `${one.seat.number}. ${one.seat.title}`,
  detail: one.current?.person.full_name ?? vacant,
  words: [one.entity, one.entity_short, one.current?.person.treatment].filter(Boolean).join(' '),
});

export const entityOption = (one: Entity): Option => ({
  value: one.id,
  label: one.name,
  ...(one.short_name ? { detail: one.short_name } : {}),
});

export const partnerOption = (one: Partner): Option => ({
  value: one.id,
  label: one.name,
  ...(one.country ? { detail: one.country } : {}),
});

/** Registers a person by the name typed, with what the place already tells of them. */
export const registerPerson = (known: Partial<PutPerson> = {}): Create => ({
  label: t().parts.choice.registerPerson,
  run: async (full_name) => (await act('put_person', { ...known, full_name })).id,
});

export const registerEntity = (): Create => ({
  label: t().parts.choice.register,
  run: async (name) => (await act('put_entity', { name })).id,
});

export const registerPartner = (): Create => ({
  label: t().parts.choice.register,
  run: async (name) => (await act('put_partner', { name })).id,
});
