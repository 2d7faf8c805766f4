import { describe, expect, test } from 'vitest';
import type { AttendanceReport } from '../../generated/AttendanceReport';
import type { FramePerson } from '../../generated/FramePerson';
import type { ReportPerson } from '../../generated/ReportPerson';
import type { RollRow } from '../../generated/RollRow';
import {
  chosenOf,
  columnsOf,
  hoursOf,
  keyOf,
  matchedAlone,
  matchesWith,
  standingOf,
  whoMayBe,
  withNobody,
} from './report';

const person = (id: string) => ({ id, full_name: `Persona ${id}` }) as FramePerson;
const candidate = (seat_id: string, id: string) => ({ seat_id, person: person(id), capacity: 'holder' as const });
const move = (at: string, recorded = false) => ({ kind: 'arrival' as const, occurred_at: at, recorded });
const told = (more: Partial<ReportPerson>): ReportPerson => ({
  name: 'Alguien',
  email: null,
  also: [],
  person: null,
  seat_id: null,
  by: null,
  candidates: [],
  connections: [{ from: '2026-03-26T13:00:00Z', to: '2026-03-26T14:00:00Z' }],
  passed: [],
  events: [move('2026-03-26T13:00:00Z')],
  dropped: null,
  ...more,
});
const report = (...people: ReportPerson[]) =>
  ({
    people,
    candidates: [candidate('s-1', 'ana'), candidate('s-2', 'luz')],
  }) as Partial<AttendanceReport> as AttendanceReport;
const ana = told({ person: person('ana'), seat_id: 's-1', by: 'name' });
const luz = told({ person: person('luz'), seat_id: 's-2', by: 'hand' });
const roll = ['1', '2'].map((n) => ({ seat_id: `s-${n}`, title: `Puesto ${n}` }) as RollRow);

describe('what is left to do with somebody', () => {
  for (const [what, more, standing] of [
    ['known, with something new', ana, 'propose'],
    ['known, all recorded', { ...ana, events: [move('2026-03-26T13:00:00Z', true)] }, 'nothing'],
    ['known, and not in the session', { ...ana, events: [] }, 'nothing'],
    ['a name like two', { candidates: [candidate('s-1', 'ana'), candidate('s-2', 'luz')] }, 'settle'],
    ['one person for two seats', { person: person('ana'), candidates: [candidate('s-1', 'ana')] }, 'settle'],
    ['nobody knows them', {}, 'settle'],
    ['identified by hand', luz, 'settle'],
    ['identified by hand, and all recorded', { ...luz, events: [move('2026-03-26T13:00:00Z', true)] }, 'settle'],
    ['known, without a seat', { person: person('guest') }, 'nothing'],
    ['nobody knows them, and not in the session', { events: [] }, 'nothing'],
  ] as const)
    test(what, () => expect(standingOf(told(more as Partial<ReportPerson>))).toBe(standing));
});

test('what is recorded is what stays chosen of whoever the core knows', () => {
  const two = [move('2026-03-26T13:00:00Z', true), move('2026-03-26T13:30:00Z'), move('2026-03-26T13:40:00Z')];
  const read = report({ ...ana, events: two }, told({}), luz);
  expect(chosenOf(read, { 's-1 ana arrival 2026-03-26T13:30:00Z': true })).toEqual([
    { seat_id: 's-1', person_id: 'ana', events: [{ kind: 'arrival', occurred_at: '2026-03-26T13:40:00Z' }] },
    { seat_id: 's-2', person_id: 'luz', events: [{ kind: 'arrival', occurred_at: '2026-03-26T13:00:00Z' }] },
  ]);
});

test('a name is said once to be somebody, or nobody any more', () => {
  const phone = { name: 'iPhone', email: null };
  const other = { name: 'iPhone', email: 'x@x.co' };
  expect(keyOf(phone)).not.toBe(keyOf(other));
  const one = matchesWith([], phone, 's-1 ana');
  expect(one).toEqual([{ ...phone, seat_id: 's-1', person_id: 'ana' }]);
  const both = matchesWith(one, other, 's-2 luz');
  expect(matchesWith(both, phone, 's-2 luz').map((match) => match.person_id)).toEqual(['luz', 'luz']);
  expect(matchesWith(both, phone, null)).toEqual([{ ...other, seat_id: 's-2', person_id: 'luz' }]);
});

test('a name is matched with those it resembles first, each once; who is another row is joined with it', () => {
  const like = told({ candidates: [candidate('s-2', 'luz')] });
  const read = report(ana, like);
  const offered = (one: ReportPerson) => whoMayBe(read, one, roll).map(({ value, detail }) => [value, detail]);
  expect(offered(like)).toEqual([
    ['s-2 luz', 'Puesto 2'],
    ['s-1 ana', 'Puesto 1 · ya está en otra fila: se unen'],
  ]);
});

test("a name that the report matches may be nobody's: nothing of it stays chosen, and who it is is asked", () => {
  const read = report(ana, { ...luz, name: 'Luz' });
  const without = withNobody(read, { [keyOf(ana)]: true });
  expect(chosenOf(without, {}).map((one) => one.person_id)).toEqual(['luz']);
  expect(without.people.map(standingOf)).toEqual(['settle', 'settle']);
  // Joined with another name of the same person, it stays with it.
  const joined = report({ ...ana, also: [{ name: 'iPhone', email: null, by: 'name' }] });
  expect(withNobody(joined, { [keyOf(ana)]: true })).toEqual(joined);
  expect([matchedAlone(read, ana), matchedAlone(joined, ana), matchedAlone(report(told({})), told({}))]).toEqual([
    true,
    false,
    false,
  ]);
});

test('the columns are told with the heads that the report gives them', () => {
  const none = { name: null, surname: null, email: null, join: null, leave: null, action: null, at: null };
  expect(columnsOf({ ...none, name: 'Full Name', join: 'Join Time', leave: 'Leave Time' })).toBe(
    'nombre «Full Name», entrada «Join Time», salida «Leave Time»',
  );
  expect(columnsOf({ ...none, email: 'Mail', action: 'User Action', at: 'Timestamp' })).toBe(
    'correo «Mail», acción «User Action», hora «Timestamp»',
  );
});

test('its hours end when everybody has left', () => {
  const open = told({ connections: [{ from: '2026-03-26T12:50:00Z', to: null }] });
  expect(hoursOf(report(ana))).toEqual({ from: '2026-03-26T13:00:00Z', to: '2026-03-26T14:00:00Z' });
  expect(hoursOf(report(ana, open))).toEqual({ from: '2026-03-26T12:50:00Z', to: null });
  expect(hoursOf(report())).toBeNull();
});
