/** A meeting platform's report, sorted by what is left to do with each of its people, and what is chosen of it. */
import type { AttendanceReport } from '../../generated/AttendanceReport';
import type { ChosenAttendance } from '../../generated/ChosenAttendance';
import type { HandMatch } from '../../generated/HandMatch';
import type { ProposedEvent } from '../../generated/ProposedEvent';
import type { ReportColumns } from '../../generated/ReportColumns';
import type { ReportPerson } from '../../generated/ReportPerson';
import type { RollRow } from '../../generated/RollRow';
import type { Option } from '../../parts/option';
import { t } from '../../texts/index.svelte';

/** Who it is has to be said; movements are proposed; nothing of them is recorded. */
export type Standing = 'settle' | 'propose' | 'nothing';
export const STANDINGS: readonly Standing[] = ['settle', 'propose', 'nothing'];

/** What is left to do with somebody of a report. Whoever was identified by hand stays where that was said. */
export function standingOf(person: ReportPerson): Standing {
  if (person.by === 'hand') return 'settle';
  if (person.events.length === 0) return 'nothing';
  if (person.seat_id !== null) return person.events.some((event) => !event.recorded) ? 'propose' : 'nothing';
  // Who is known for certain and has no seat attends without one.
  return person.candidates.length > 0 || person.person === null ? 'settle' : 'nothing';
}

/** A name as the report has it. */
export interface Named {
  name: string;
  email: string | null;
}
/** What tells a name of a report from the others. */
export const keyOf = ({ name, email }: Named) => `${name}\n${email ?? ''}`;
/** As it is called where one line has to do. */
export const calledOf = ({ name, email }: Named) => name || (email ?? '');

/** The seat and the person, as `SEAT PERSON`, that somebody of the report is; `null` while nobody knows. */
export function placeOf({ seat_id, person }: ReportPerson): string | null {
  return seat_id && person ? `${seat_id} ${person.id}` : null;
}

/** Who is who by hand, with one name said to be somebody else, or left unsaid. */
export function matchesWith(matches: readonly HandMatch[], named: Named, place: string | null): HandMatch[] {
  const others = matches.filter((one) => keyOf(one) !== keyOf(named));
  const [seat_id, person_id] = place?.split(' ') ?? [];
  return seat_id && person_id ? [...others, { name: named.name, email: named.email, seat_id, person_id }] : others;
}

/** The names that are nobody's, though the report matches them with somebody: those whose key says so. */
export type Nobody = Record<string, boolean>;

/** A report in which those names are of nobody: nothing of them is recorded. A name joined with others stays with them. */
export function withNobody(report: AttendanceReport, nobody: Nobody): AttendanceReport {
  const people = report.people.map((one): ReportPerson => {
    if (!nobody[keyOf(one)] || one.also.length > 0) return one;
    return { ...one, person: null, seat_id: null, by: 'hand', events: [], passed: [], dropped: null };
  });
  return { ...report, people };
}

/** Whether a report matches a name by itself, and with no other name of the same person. */
export const matchedAlone = (report: AttendanceReport, named: Named): boolean =>
  report.people.some((one) => keyOf(one) === keyOf(named) && one.by !== null && one.also.length === 0);

/** The movements left out by hand: those whose key says so. */
export type Left = Record<string, boolean>;
export const movementKey = (person: ReportPerson, { kind, occurred_at }: ProposedEvent) =>
  `${placeOf(person) ?? keyOf(person)} ${kind} ${occurred_at}`;

/** The movements chosen, person by person, as they are recorded; what the record has already is no choice. */
export function chosenOf(report: AttendanceReport, left: Left): ChosenAttendance[] {
  return report.people.flatMap((one) => {
    const events = one.events
      .filter((event) => !event.recorded && !left[movementKey(one, event)])
      .map(({ kind, occurred_at }) => ({ kind, occurred_at }));
    return one.seat_id && one.person && events.length > 0
      ? [{ seat_id: one.seat_id, person_id: one.person.id, events }]
      : [];
  });
}

/** Who a name of a report may be: those that resemble it, then everybody else who may attend for a seat. */
export function whoMayBe(report: AttendanceReport, person: ReportPerson, roll: readonly RollRow[]): Option[] {
  const taken = new Set(report.people.flatMap((one) => (one === person ? [] : (placeOf(one) ?? []))));
  const options = [...person.candidates, ...report.candidates].map(({ seat_id, person: who, capacity }): Option => {
    const row = roll.find((one) => one.seat_id === seat_id);
    const value = `${seat_id} ${who.id}`;
    const said = [row?.title, t().live.roll.short[capacity], taken.has(value) && t().platformReport.taken];
    return {
      value,
      label: who.full_name,
      detail: said.filter(Boolean).join(' · '),
      words: [who.treatment, who.position, who.entity, row?.entity].filter(Boolean).join(' '),
    };
  });
  return options.filter((one, n) => options.findIndex((other) => other.value === one.value) === n);
}

/** A movement in words, and whether the record has it. */
export function movementOf(event: ProposedEvent, clock: (at: string) => string): string {
  const x = t().platformReport;
  const said = x.movement(t().live.events[event.kind], clock(event.occurred_at));
  return event.recorded ? x.recorded(said) : said;
}

const HEADS = ['name', 'surname', 'email', 'join', 'leave', 'action', 'at'] as const satisfies (keyof ReportColumns)[];
/** The columns that were read, each with the head that the report gives it. */
export function columnsOf(columns: ReportColumns): string {
  const x = t().platformReport;
  return HEADS.flatMap((column) => {
    const head = columns[column];
    return head === null ? [] : x.head(x.heads[column], head);
  }).join(', ');
}

/** From the first connection to the last one's end; `to` is `null` while somebody is connected. `null` of an empty report. */
export function hoursOf(report: AttendanceReport): { from: string; to: string | null } | null {
  const all = report.people.flatMap((one) => one.connections);
  const from = all.map((one) => one.from).sort()[0];
  if (from === undefined) return null;
  const ends = all.flatMap((one) => one.to ?? []).sort();
  return { from, to: ends.length === all.length ? (ends.at(-1) ?? null) : null };
}
