import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const today: Wording<typeof es.today> = {
  title: 'Today',
  move: 'previous or next line',
  dueTitle: 'To attend to',
  groups: {
    overdue: 'Overdue',
    soon: 'In the next five days',
    later: 'Later',
    undated: 'Without a deadline',
  },
  days: (n) =>
    n === 0
      ? 'today'
      : n === 1
        ? 'tomorrow'
        : n === -1
          ? 'yesterday'
          : n > 0
            ? `in ${n} days`
            : `${-n} ${plural(-n, 'day', 'days')} ago`,
  since: (n) => (n === 0 ? 'since today' : `for ${n} ${plural(n, 'day', 'days')}`),
  kinds: {
    notice: 'Notice',
    proposal_filing: 'Proposals',
    session_passed: 'Session',
    reply_term: 'Replies',
    recusal: 'Recusal',
    minutes_draft: 'Minutes',
    minutes_remarks: 'Minutes',
    minutes_approval: 'Minutes',
    minutes_signature: 'Minutes',
    minutes_publication: 'Minutes',
    work_plan: 'Work plan',
    programming: 'Sessions',
    commitment: 'Commitment',
    delegation: 'Delegation',
    proposal: 'Proposal',
  },
  delegationEnds: (delegate, seat) => `The delegation of ${delegate} ends (${seat})`,
  delegationsEnd: (n) => `${n} delegations end`,
  proposal: {
    filed: (what) => `Review the proposal ${what}`,
    under_review: (what) => `Conclude the review of the proposal ${what}`,
    returned: (what) => `The proposal ${what} awaits corrections`,
  },
  nobody: 'Nobody answers for it',
  nothing: 'Nothing is pending. Whatever comes near or falls overdue will show here.',
  resume: 'Back to the session',
  resumeLine: (name) => `${name} is under way.`,
  suspendedLine: (name) => `${name} is suspended.`,
  runToday: 'Go to today’s session',
  prepare: 'Go on preparing',
  goMinutes: 'Go on with the minutes',
  schedule: 'Schedule a session',
  session: (kind, n, year) => (n === null ? `Informative session of ${year}` : `${kind} session no. ${n} of ${year}`),
  plainSession: (n, year) => (n === null ? `Informative session of ${year}` : `Session no. ${n} of ${year}`),
  sessionKind: { ordinary: 'Ordinary', extraordinary: 'Extraordinary' },
  next: 'Next session',
  noNext: 'No session is scheduled.',
  daysLeft: (n, business) =>
    n === 0 ? 'It is today' : `${n} ${plural(n, 'day', 'days')} left, ${business} of business`,
  conveneBy: (date) => `Convene by ${date}`,
  conveneLate: (date) => `The term to convene ended on ${date}`,
  noticeMet: 'Convened in time',
  noticeLate: 'Convened late',
  others: (n) => `Then ${n} more ${plural(n, 'session', 'sessions')}`,
  expected: 'Expected quorum',
  expectedWord: { yes: 'There would be a quorum', no: 'Not enough yet' },
  expectedFigure: (n, total) => `${n} of ${total} ${plural(total, 'seat', 'seats')}`,
  calls: 'Whom to call',
  allSettled: 'Every seat has answered.',
  moreCalls: (n) => `Show ${n} more`,
  noPhone: 'no telephone or e-mail registered',
  year: (n) => `The year ${n}`,
  held: 'Ordinary sessions',
  heldOf: (held, minimum) => `${held} of ${minimum}`,
  heldText: (held, minimum, programmed) => `${held} held; minimum ${minimum}; ${programmed} scheduled in the year`,
  programmed: (n) => `${n} scheduled`,
  extraordinary: 'Extraordinary',
  notHeld: 'Not held',
  decisions: 'Decisions',
  minutesPublished: 'Minutes published',
  minutesPending: 'Minutes unsigned',
  commitments: 'Open commitments',
  overdueCount: (n) => `${n} overdue`,
  plan: 'Work plan',
  planDone: (done, total) => `${done} of ${total}`,
  planText: (percent, overdue) =>
    `${percent}% done${overdue > 0 ? `; ${overdue} ${plural(overdue, 'activity', 'activities')} overdue` : ''}`,
  noPlan: 'No plan for this year',
  first: {
    title: 'First steps',
    lead: 'These four steps make the archive ready to convene the first session.',
    body: 'Create the body',
    bodyHelp: 'Its name, its creating act and its technical secretariat.',
    members: 'Register the members',
    membersHelp: 'The seats, who holds each and since when.',
    rules: 'Register the rules',
    rulesHelp: 'Quorum, majorities and terms, each with its norm.',
    session: 'Schedule the first session',
    sessionHelp: 'Date, time and place; then the agenda and the notice.',
    done: 'done',
    after: 'First, the step before',
  },
};
