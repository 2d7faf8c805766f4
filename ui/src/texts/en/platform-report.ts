import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const platformReport: Wording<typeof es.platformReport> = {
  action: 'Platform report…',
  title: 'Attendance report of the platform',
  text: 'It proposes the arrivals, departures and disconnections of whoever connected. Nothing is recorded until it is confirmed.',
  file: 'Report of Teams, Zoom, Meet or another platform (CSV or TSV), unchanged',
  another: (name) => `${name} · another one may be loaded`,
  otherType: (name) =>
    `“${name}” is neither CSV nor TSV, and was not read. The platform offers the attendance report as CSV: download it and load it unchanged.`,
  nothingKept: 'Nothing was recorded.',
  stillShown: (name) => `Nothing was recorded; what was read of “${name}” is still shown.`,
  platforms: { teams: 'Microsoft Teams', zoom: 'Zoom', meet: 'Google Meet', other: 'Another platform' },
  hours: (from, to) => `${from}–${to}`,
  since: (from) => `since ${from}`,
  unread: (n) => plural(n, 'One row was not read', `${n} rows were not read`),
  line: (n) => `Line ${n}:`,
  label: 'What the report proposes',
  columns: { name: 'In the report', seat: 'Person and seat', movements: 'Movements' },
  standings: { settle: 'Not identified', propose: 'To be recorded', nothing: 'Nothing to record' },
  who: (name) => `Who ${name} is`,
  choose: 'Choose a person and seat',
  taken: 'already in another row',
  by: { email: 'by their e-mail', name: 'by their name' },
  movementsOf: (name) => `Movements of ${name}`,
  movement: (what, at) => `${what} at ${at}`,
  recorded: (what) => `${what} · already recorded`,
  drops: (n, minutes) =>
    `${n} ${plural(n, 'disconnection', 'disconnections')} of up to ${minutes} ${plural(minutes, 'minute', 'minutes')}: by the rules ${plural(n, 'no departure', 'no departures')}`,
  notRepeated: 'What is already recorded is not repeated.',
  reason: 'Why it is recorded after the session',
  save: (n) => (n === 0 ? 'Record' : `Record ${n} ${plural(n, 'movement', 'movements')}`),
  saveAnyway: 'Record anyway',
  noFile: 'The report is yet to be loaded',
  noneChosen: 'No movement chosen',
  done: (n) => plural(n, 'One movement of the report was recorded', `${n} movements of the report were recorded`),
  known: (n) => plural(n, 'another one already was', `another ${n} already were`),
  nothingNew: 'Nothing was recorded: all that was chosen already was.',
};
