/** The three senses of a ballot, in the order they are shown. */
export const CHOICES = ['for', 'against', 'abstain'] as const;
export type Choice = (typeof CHOICES)[number];

/** The letter of a choice: the same in both languages, so that the hand does not relearn. */
export const LETTERS: Record<Choice, string> = { for: 'F', against: 'C', abstain: 'A' };
