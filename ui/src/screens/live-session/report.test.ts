import { describe, expect, test } from 'vitest';
import type { AttendanceReport } from '../../generated/AttendanceReport';
import type { FramePerson } from '../../generated/FramePerson';
import type { ReportPerson } from '../../generated/ReportPerson';
import type { RollRow } from '../../generated/RollRow';
import { chosenOf, hoursOf, type Picked, standingOf, whoMayBe } from './report';

const person = (id: string) => ({ id, full_name: `Persona ${id}` }) as FramePerson;
const candidate = (seat_id: string, id: string) => ({ seat_id, person: person(id), capacity: 'holder' as const });
const move = (at: string, recorded = false) => ({ kind: 'arrival' as const, occurred_at: at, recorded });
const told = (more: Partial<ReportPerson>): ReportPerson => ({
  name: 'Alguien',
  email: null,
  person: null,
  seat_id: null,
  by: null,
  candidates: [],
  connections: [{ from: '2026-03-26T13:00:00Z', to: '2026-03-26T14:00:00Z' }],
  short_drops: 0,
  events: [move('2026-03-26T13:00:00Z')],
  dropped: null,
  ...more,
});
const report = (...people: ReportPerson[]) => ({ people }) as AttendanceReport;
const ana = told({ person: person('ana'), seat_id: 's-1' });
const roll = ['1', '2'].map(
  (n) => ({ seat_id: `s-${n}`, title: `Puesto ${n}`, candidates: [candidate('', n === '1' ? 'ana' : 'luz')] }) as never,
) as RollRow[];
const nothing: Picked = { matches: {}, left: {} };

describe('what is left to do with somebody', () => {
  for (const [what, more, standing] of [
    ['known, with something new', ana, 'propose'],
    ['known, all recorded', { ...ana, events: [move('2026-03-26T13:00:00Z', true)] }, 'nothing'],
    ['known, and not in the session', { ...ana, events: [] }, 'nothing'],
    ['a name like two', { candidates: [candidate('s-1', 'ana'), candidate('s-2', 'luz')] }, 'settle'],
    ['one person for two seats', { person: person('ana'), candidates: [candidate('s-1', 'ana')] }, 'settle'],
    ['nobody knows them', {}, 'settle'],
    ['known, without a seat', { person: person('guest') }, 'nothing'],
    ['nobody knows them, and not in the session', { events: [] }, 'nothing'],
  ] as const)
    test(what, () => expect(standingOf(told(more as Partial<ReportPerson>))).toBe(standing));
});

test('what is recorded is what stays chosen of whoever is known or was matched', () => {
  const two = [move('2026-03-26T13:00:00Z', true), move('2026-03-26T13:30:00Z'), move('2026-03-26T13:40:00Z')];
  const read = report({ ...ana, events: two }, told({}), told({}));
  const picked: Picked = { matches: { 2: 's-2 luz' }, left: { '0 1': true } };
  expect(chosenOf(read, picked)).toEqual([
    { seat_id: 's-1', person_id: 'ana', events: [{ kind: 'arrival', occurred_at: '2026-03-26T13:40:00Z' }] },
    { seat_id: 's-2', person_id: 'luz', events: [{ kind: 'arrival', occurred_at: '2026-03-26T13:00:00Z' }] },
  ]);
});

test('a name is matched with those it resembles first, each once, and with nobody who is another row', () => {
  const read = report(ana, told({ candidates: [candidate('s-2', 'luz')] }), told({}));
  const values = (i: number, picked = nothing) =>
    whoMayBe(read, i, roll, picked).map((one) => `${one.value}${one.disabled ? ' taken' : ''}`);
  expect(values(1)).toEqual(['s-2 luz', 's-1 ana taken']);
  expect(values(2, { ...nothing, matches: { 1: 's-2 luz' } })).toEqual(['s-1 ana taken', 's-2 luz taken']);
});

test('its hours end when everybody has left', () => {
  const open = told({ connections: [{ from: '2026-03-26T12:50:00Z', to: null }] });
  expect(hoursOf(report(ana))).toEqual({ from: '2026-03-26T13:00:00Z', to: '2026-03-26T14:00:00Z' });
  expect(hoursOf(report(ana, open))).toEqual({ from: '2026-03-26T12:50:00Z', to: null });
  expect(hoursOf(report())).toBeNull();
});
