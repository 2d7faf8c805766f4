/** What a paper tells: whatever is touched of it, its pages are made anew. */
export const CONCEPTS = [
  'activity', 'agenda_item', 'ballot', 'body', 'body_function', 'commitment', 'confirmation', 'decision', 'delegation', 'document',
  'entity', 'event', 'guest', 'holder', 'invitee', 'minutes', 'motion', 'person', 'proposal', 'recusal', 'rule_set', 'seat',
  'session', 'session_frame', 'statement', 'vote', 'withholding', 'work_plan',
] as const; // prettier-ignore
