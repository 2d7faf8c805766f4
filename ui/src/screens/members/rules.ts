import type { RuleSet } from '../../generated/RuleSet';

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
