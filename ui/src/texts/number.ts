/** `one` for exactly one, `many` for all else: the rule of both Spanish and English. */
export function plural(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}

/** Keeps what belongs together on one line: "n.º 3", "15 min". */
export function together(...words: (string | number)[]): string {
  return words.join('\u00a0');
}
