import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const sessions: Wording<typeof es.sessions> = {
  title: 'Sessions',
  new: 'New session…',
  year: 'Year',
  count: (n) => `${n} ${plural(n, 'session', 'sessions')}`,
  empty: 'No sessions yet. They are scheduled from here.',
  name: 'Session',
  date: 'Date',
  body: 'Body',
  mode: 'Mode',
  state: 'State',
  minutes: 'Minutes',
  modes: { in_person: 'In person', virtual: 'Virtual', mixed: 'Mixed', written: 'Written' },
  place: 'Place',
  kind: 'Kind',
  start: 'Time',
  create: 'Schedule',
  createTitle: 'Schedule a session',
  all: 'All',
};
