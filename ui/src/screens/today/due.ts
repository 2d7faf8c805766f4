import type { BodyToday } from '../../generated/BodyToday';
import type { DelegationLine } from '../../generated/DelegationLine';
import type { DueItem } from '../../generated/DueItem';
import { href } from '../../state/router.svelte';
import { language, list, t, type Dictionary } from '../../texts/index.svelte';

export type Kind = keyof Dictionary['today']['kinds'];
export type Group = keyof Dictionary['today']['groups'];

/** A line of what waits, of whatever kind, with the place where it is mended. */
export interface Line {
  key: string;
  kind: Kind;
  /** Its last day. */
  on: string | null;
  /** Days left, negative when past. */
  days: number | null;
  text: string;
  /** The norm, the owner, the entity. */
  detail: string;
  /** When there is no last day: since when it waits. */
  since: string;
  href: string;
  body: string;
}

/** The groups in the order they are shown, each with its lines by date. */
export function grouped(bodies: readonly BodyToday[]): { group: Group; lines: Line[] }[] {
  const lines = bodies.flatMap(linesOf);
  const of = (group: Group) =>
    lines.filter((line) => groupOf(line) === group).sort((a, b) => (a.on ?? '').localeCompare(b.on ?? ''));
  return (['overdue', 'soon', 'later', 'undated'] as const)
    .map((group) => ({ group, lines: of(group) }))
    .filter(({ lines }) => lines.length > 0);
}

function groupOf(line: Line): Group {
  if (line.days === null) return 'undated';
  if (line.days < 0) return 'overdue';
  return line.days <= 5 ? 'soon' : 'later';
}

function linesOf(body: BodyToday): Line[] {
  const x = t().today;
  const due = body.due.map((item, i): Line => ({
    key: `${body.body_id} due ${i}`,
    kind: item.kind,
    on: item.due_on,
    days: item.days_left,
    text: item.text[language()],
    detail: item.citation ?? '',
    since: '',
    href: placeOf(item, body),
    body: body.body,
  }));
  const commitments = body.commitments.map((line): Line => ({
    key: line.commitment.id,
    kind: 'commitment',
    on: line.commitment.due_on,
    days: line.days_left,
    text: line.commitment.text,
    detail: [line.entity, line.person].filter(Boolean).join(' · ') || x.nobody,
    since: '',
    href: `${href('/compromisos')}?ver=${encodeURIComponent(line.commitment.id)}`,
    body: body.body,
  }));
  const proposals = body.proposals_waiting.map((one): Line => {
    const what = `${one.code}, «${one.title}»`;
    const say = x.proposal[one.status as keyof typeof x.proposal] ?? x.proposal.filed;
    return {
      key: one.id,
      kind: 'proposal',
      on: null,
      days: null,
      text: say(what),
      detail: one.entity ?? '',
      since: one.days !== null && one.days >= 0 ? x.since(one.days) : '',
      href: href('/propuestas', one.id),
      body: body.body,
    };
  });
  return [...due, ...commitments, ...delegations(body), ...proposals];
}

/** Delegations of a body that end on one day are one line: most acts are given for the year and end together. */
function delegations(body: BodyToday): Line[] {
  const x = t().today;
  const byDay = new Map<string, DelegationLine[]>();
  for (const one of body.delegations_expiring) {
    const day = one.valid_to ?? '';
    byDay.set(day, [...(byDay.get(day) ?? []), one]);
  }
  return [...byDay].map(([day, all]): Line => {
    const [one] = all;
    const alone = all.length === 1 && one;
    return {
      key: `${body.body_id} delegations ${day}`,
      kind: 'delegation',
      on: day === '' ? null : day,
      days: one?.days_left ?? null,
      text: alone ? x.delegationEnds(one.delegate.full_name, one.seat) : x.delegationsEnd(all.length),
      detail: alone ? one.act_cited : list(all.map((each) => each.delegate.full_name)),
      since: '',
      href: href('/integrantes'),
      body: body.body,
    };
  });
}

function placeOf(item: DueItem, body: BodyToday): string {
  const session = item.session_id;
  switch (item.kind) {
    case 'work_plan':
      return `${href('/plan')}?instancia=${encodeURIComponent(body.body_id)}&año=${body.year.year}`;
    case 'programming':
      return href('/sesiones');
    case 'proposal_filing':
      return href('/propuestas');
    case 'notice':
    case 'reply_term':
    case 'recusal':
      return session ? href('/sesiones', session, 'sesionar') : href('/sesiones');
    case 'session_passed':
      return session ? href('/sesiones', session, 'preparar') : href('/sesiones');
    default:
      return session ? href('/sesiones', session, 'acta') : href('/actas');
  }
}
