/** What a list of commitments depends on. */
export const CONCEPTS = ['commitment', 'session', 'minutes', 'entity', 'person', 'body'] as const;
