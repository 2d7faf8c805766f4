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

/** Rules as they were kept, with what they did not have yet when they were: that is as in the rules that they begin from. */
export function completed<T>(kept: T, base: T): T {
  // Of another kind, it has the fields of its kind.
  if (!isRecord(kept) || !isRecord(base) || kept.kind !== base.kind) return kept;
  const whole: Record<string, unknown> = { ...base, ...kept };
  for (const name of Object.keys(base)) if (name in kept) whole[name] = completed(kept[name], base[name]);
  return whole as T;
}

const isRecord = (value: unknown): value is Record<string, unknown> & { kind?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
