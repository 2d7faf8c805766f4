/** What happens to the term of a written session. */
export type TermAct = 'session_suspended' | 'session_resumed' | 'term_extended' | 'term_opened';
