/** What the quorum that may be expected depends on: an act on any of these asks for it again. */
export const EXPECTED_QUORUM = [
  'session',
  'confirmation',
  'delegation',
  'holder',
  'seat',
  'person',
  'person_contact',
  'rule_set',
] as const;
