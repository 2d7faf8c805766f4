/** What a colour says; a word always says it too. */
export type Tone = 'neutral' | 'ok' | 'danger' | 'warn' | 'info' | 'locked';
