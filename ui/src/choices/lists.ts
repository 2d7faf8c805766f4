import type { Entity } from '../generated/Entity';
import type { Partner } from '../generated/Partner';
import type { PersonLine } from '../generated/PersonLine';
import type { PutPerson } from '../generated/PutPerson';
import type { Create, Option } from '../parts/option';
import { act } from '../state/saving.svelte';
import { t } from '../texts/index.svelte';

/** People, entities and partners as the fields that choose one show them, and how one that is missing is registered. */

export const personOption = (one: PersonLine): Option => ({
  value: one.id,
  label: one.full_name,
  detail: [one.position, one.entity].filter(Boolean).join(', '),
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
