/** A meeting platform's report, sorted by what is left to do with each of its people, and what is chosen of it. */
import type { AttendanceReport } from '../../generated/AttendanceReport';
import type { ChosenAttendance } from '../../generated/ChosenAttendance';
import type { ReportPerson } from '../../generated/ReportPerson';
import type { RollRow } from '../../generated/RollRow';
import type { Option } from '../../parts/option';
import { t } from '../../texts/index.svelte';

/** Who it is has to be said; movements are proposed; nothing of them is recorded. */
export type Standing = 'settle' | 'propose' | 'nothing';
export const STANDINGS: readonly Standing[] = ['settle', 'propose', 'nothing'];

/** What is left to do with somebody of a report, as the core read it: who they are said to be by hand moves nobody. */
export function standingOf(person: ReportPerson): Standing {
  if (person.events.length === 0) return 'nothing';
  if (person.seat_id !== null) return person.events.some((event) => !event.recorded) ? 'propose' : 'nothing';
  // Who is known for certain and has no seat attends without one.
  return person.candidates.length > 0 || person.person === null ? 'settle' : 'nothing';
}

/** What the secretary chose, by the places of people and movements in the report. */
export interface Picked {
  /** Who somebody is said to be, as `SEAT PERSON`. */
  matches: Record<number, string>;
  /** The movements left out, as `PERSON EVENT`. */
  left: Record<string, boolean>;
}

/** The seat and the person, as `SEAT PERSON`, that somebody of the report is; `null` while nobody knows. */
export function placeOf(report: AttendanceReport, i: number, picked: Picked): string | null {
  const one = report.people[i];
  if (one?.seat_id && one.person) return `${one.seat_id} ${one.person.id}`;
  return picked.matches[i] ?? null;
}

/** The movements chosen, person by person, as they are recorded; what the record has already is no choice. */
export function chosenOf(report: AttendanceReport, picked: Picked): ChosenAttendance[] {
  return report.people.flatMap((one, i) => {
    const [seat_id, person_id] = placeOf(report, i, picked)?.split(' ') ?? [];
    const events = one.events
      .filter((event, j) => !event.recorded && !picked.left[`${i} ${j}`])
      .map(({ kind, occurred_at }) => ({ kind, occurred_at }));
    return seat_id && person_id && events.length > 0 ? [{ seat_id, person_id, events }] : [];
  });
}

/** Who a name of a report may be: those that resemble it, then everybody who may come for a seat. */
export function whoMayBe(report: AttendanceReport, i: number, roll: readonly RollRow[], picked: Picked): Option[] {
  const taken = new Set(report.people.flatMap((_, j) => (j === i ? [] : (placeOf(report, j, picked) ?? []))));
  const all = [
    ...(report.people[i]?.candidates ?? []),
    ...roll.flatMap((row) => row.candidates.map((one) => ({ ...one, seat_id: row.seat_id }))),
  ];
  const options = all.map(({ seat_id, person, capacity }): Option => {
    const row = roll.find((one) => one.seat_id === seat_id);
    const value = `${seat_id} ${person.id}`;
    const said = [row?.title, t().live.roll.short[capacity], taken.has(value) && t().platformReport.taken];
    return {
      value,
      label: person.full_name,
      detail: said.filter(Boolean).join(' · '),
      words: [person.treatment, person.position, person.entity, row?.entity].filter(Boolean).join(' '),
      disabled: taken.has(value),
    };
  });
  return options.filter((one, n) => options.findIndex((other) => other.value === one.value) === n);
}

/** From the first connection to the last one's end; `to` is `null` while somebody is connected. `null` of an empty report. */
export function hoursOf(report: AttendanceReport): { from: string; to: string | null } | null {
  const all = report.people.flatMap((one) => one.connections);
  const from = all.map((one) => one.from).sort()[0];
  if (from === undefined) return null;
  const ends = all.flatMap((one) => one.to ?? []).sort();
  return { from, to: ends.length === all.length ? (ends.at(-1) ?? null) : null };
}
