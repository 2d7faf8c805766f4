import type { RuleSet } from '../../generated/RuleSet';

/** Rules being written and not saved yet, as their draft keeps them. */
export interface RulesDraft {
  from: string | null;
  to: string | null;
  rules: RuleSet;
}

/** Where the draft of a body's new version is kept, or that of a correction. */
export const draftKey = (of: { body: string } | { rules: string }): string =>
  'body' in of ? `body/${of.body}/new_rules` : `rule_set/${of.rules}/rules`;

export const written = (draft: RulesDraft): string => JSON.stringify(draft);

/** A draft that is not one (cut short, of another version of the program) counts as none. */
export function read(text: string): RulesDraft | null {
  try {
    const draft = JSON.parse(text) as Partial<RulesDraft> | null;
    return draft?.rules?.adopted_by ? { from: draft.from ?? null, to: draft.to ?? null, rules: draft.rules } : null;
  } catch {
    return null;
  }
}
