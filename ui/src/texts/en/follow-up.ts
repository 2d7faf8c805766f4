import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const followUp: Wording<typeof es.followUp> = {
  title: 'Follow-up',
  before: 'The follow-up begins when the session ends.',
  toSession: 'Go to the session',
  decisions: 'Decisions and what comes of them',
  noDecisions: 'The session took no decisions.',
  numbered: (n: number, year: number) => `Decision ${n} of ${year}`,
  procedural: 'Procedural',
  item: (number: string) => `Item ${number}`,
  proposal: 'Proposal',
  commitments: 'Commitments',
  noCommitments: 'The session left no commitments.',
  due: 'Due',
  noOwner: 'Nobody responsible',
  noDate: 'No date',
  daysLeft: (n: number) =>
    n < 0 ? `${-n} ${plural(-n, 'day', 'days')} ago` : n === 0 ? 'today' : `in ${n} ${plural(n, 'day', 'days')}`,
  life: (text: string) => `What was done with “${text}”`,
  pending: 'Left for the next agenda',
  noPending: 'No item was left over.',
  there: 'already on the agenda',
  addToNext: 'Take to the next agenda',
  added: 'Item taken to the next agenda',
  deadlines: 'Terms of the minutes',
  deadlineSteps: {
    draft: 'Send the draft',
    remarks: 'Remarks',
    signature: 'Signatures',
    publication: 'Publication',
  },
  noDeadlines: 'The rules set no terms.',
  toMinutes: 'Go to the minutes',
  next: 'Next session',
  noNext: 'No other session is programmed.',
  announced: (on: string) => `It was announced for ${on}.`,
  prepareNext: 'Prepare',
  program: 'Programme a session',
  conclusions: 'Conclusions',
};
