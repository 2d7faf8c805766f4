import { expect, test } from 'vitest';
import type { RuleSet } from '../../generated/RuleSet';
import { allow, nearest, sectionOf } from './rules';

test('each field of the rules is written under its matter', () => {
  const under: Record<string, string> = {
    effective_to: 'term',
    'adopted_by.date': 'act',
    'articles.8': 'articles',
    'quorum.value_for_current_seats': 'quorum',
    'grace_minutes.value': 'no_quorum',
    'second_call.quorum': 'no_quorum',
    'rules.reg-1.threshold': 'majority',
    default_rule_id: 'majority',
    'casting_vote.article': 'casting_vote',
    'presiding_in_absence.article': 'presiding',
    'notice.ordinary': 'notice',
    'sessions.minimum_per_year': 'sessions',
    'virtual_sessions.article': 'virtual',
    'sessions.written': 'written',
    'sessions.written.silence': 'written',
    'delegation.subdelegation': 'delegation',
    'recusal.terms.source': 'recusal',
    'minutes.signers': 'minutes',
    'deadlines.minutes_remarks': 'deadlines',
  };
  for (const [at, section] of Object.entries(under)) expect(sectionOf(at), at).toBe(section);
});

test('what has no place of its own is told where it is part of', () => {
  const places = new Set(['quorum', 'quorum.decision', 'rules.a.quorum']);
  const place = (at: string) => nearest(at, (one) => places.has(one));
  expect(place('quorum.decision')).toBe('quorum.decision');
  expect(place('quorum.value_for_current_seats')).toBe('quorum');
  expect(place('rules.a.quorum')).toBe('rules.a.quorum');
  expect(place('rules.a.tie')).toBe(null);
});

test('what allows a mode and the modes that are named say the same', () => {
  const rules = {
    sessions: { modes: ['in_person', 'written'], written: { allowed: false } },
    virtual_sessions: { allowed: true },
  } as unknown as RuleSet;
  allow(rules, 'written', true);
  expect(rules.sessions.modes).toEqual(['in_person', 'virtual', 'mixed', 'written']);
  expect(rules.sessions.written.allowed).toBe(true);
  allow(rules, 'virtual', false);
  expect(rules.sessions.modes).toEqual(['in_person', 'written']);
  allow(rules, 'written', false);
  expect(rules.sessions.modes).toEqual(['in_person']);
});
