import type { RuleSet } from '../../generated/RuleSet';

/** The matters of the rules, in the order in which they are written. */
export const SECTIONS = [
  'term',
  'act',
  'articles',
  'quorum',
  'no_quorum',
  'majority',
  'casting_vote',
  'presiding',
  'notice',
  'sessions',
  'virtual',
  'written',
  'delegation',
  'recusal',
  'minutes',
  'deadlines',
] as const;
export type Section = (typeof SECTIONS)[number];

/** Where the fields of the rules are written, where the name of the field is not that of its matter. */
const WRITTEN_IN: Readonly<Record<string, Section>> = {
  effective_from: 'term',
  effective_to: 'term',
  adopted_by: 'act',
  grace_minutes: 'no_quorum',
  second_call: 'no_quorum',
  rules: 'majority',
  default_rule_id: 'majority',
  presiding_in_absence: 'presiding',
  virtual_sessions: 'virtual',
};

/** The matter under which a field is written: "rules.reg-1.quorum" is of the majorities. */
export function sectionOf(at: string): Section {
  if (at === 'sessions.written' || at.startsWith('sessions.written.')) return 'written';
  const [name = ''] = at.split('.');
  return WRITTEN_IN[name] ?? SECTIONS.find((one) => one === name) ?? 'act';
}

/** The nearest place, of those that there are, that holds a field: itself, or what it is part of. */
export function nearest(at: string, has: (place: string) => boolean): string | null {
  for (let place = at; place !== ''; place = place.slice(0, Math.max(0, place.lastIndexOf('.'))))
    if (has(place)) return place;
  return null;
}

const MODES = ['in_person', 'virtual', 'mixed', 'written'] as const;

/** How the body may meet: what allows the mode is the rule, and the modes that are named follow it. A room is always allowed. */
export function allow(rules: RuleSet, how: 'virtual' | 'written', on: boolean): void {
  if (how === 'virtual') rules.virtual_sessions.allowed = on;
  else rules.sessions.written.allowed = on;
  const may = { in_person: true, virtual: rules.virtual_sessions.allowed, written: rules.sessions.written.allowed };
  rules.sessions.modes = MODES.filter((mode) => may[mode === 'mixed' ? 'virtual' : mode]);
}

/** Every rule that cites an article. */
const citing = (rules: RuleSet) => [
  rules.quorum,
  rules.grace_minutes,
  rules.second_call,
  ...rules.rules,
  rules.casting_vote,
  rules.presiding_in_absence,
  rules.notice,
  rules.sessions,
  rules.sessions.written,
  rules.virtual_sessions,
  rules.recusal,
  rules.delegation,
  rules.minutes,
  rules.deadlines,
];

/** What cited one article cites another, as when it is numbered anew, or none, as when it is removed. */
export function citeInstead(rules: RuleSet, former: string, now: string | null): void {
  for (const one of citing(rules)) if (one.article !== null && one.article === former.trim()) one.article = now;
}
