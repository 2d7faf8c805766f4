/** What a session's minutes are made of: they are read again when any of it changes. */
export const TOUCHING = [
  'session',
  'agenda_item',
  'event',
  'vote',
  'ballot',
  'motion',
  'recusal',
  'decision',
  'statement',
  'commitment',
  'guest',
  'minutes',
  'remark',
  'annex',
  'document',
] as const;
