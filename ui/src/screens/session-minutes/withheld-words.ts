/** Where a text of the minutes says what its public version leaves out: shown to who chooses it. The core takes it out. */

/** A stretch of a text, and the numbers of the passages that take it out. */
export interface Stretch {
  text: string;
  passages: readonly number[];
}

interface Letter {
  letter: string;
  from: number;
  to: number;
}

/** As the core compares: without marks of Markdown, blanks as one, small letters, quotation marks and hyphens alike. */
function letters(text: string): Letter[] {
  const found: Letter[] = [];
  let from = 0;
  for (const one of text) {
    const to = from + one.length;
    const before = found.at(-1);
    if (/\s/u.test(one)) {
      if (before?.letter === ' ') before.to = to;
      else found.push({ letter: ' ', from, to });
    } else if (/[«»“”‘’']/u.test(one)) found.push({ letter: '"', from, to });
    else if (/[‐‑–—]/u.test(one)) found.push({ letter: '-', from, to });
    else if (!/[\u00ad*_~`\\]/u.test(one)) for (const letter of one.toLowerCase()) found.push({ letter, from, to });
    from = to;
  }
  return found;
}

const isWord = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Where the words stand as words: "Ana" is not in "Anaconda". */
function places(said: readonly Letter[], words: string): [number, number][] {
  const sought = letters(words.trim()).map((one) => one.letter);
  const found: [number, number][] = [];
  for (let at = 0; sought.length > 0 && at + sought.length <= said.length; at += 1) {
    if (!sought.every((letter, i) => said[at + i]?.letter === letter)) continue;
    const end = at + sought.length;
    if (isWord(sought[0]) && isWord(said[at - 1]?.letter)) continue;
    if (isWord(sought.at(-1)) && isWord(said[end]?.letter)) continue;
    found.push([said[at]?.from ?? 0, said[end - 1]?.to ?? 0]);
  }
  return found;
}

/** The text in stretches, each with the passages that take it out. */
export function stretches(text: string, passages: readonly { number: number; words: string | null }[]): Stretch[] {
  const said = letters(text);
  const taken = passages.flatMap(({ number, words }) =>
    words === null ? [] : places(said, words).map(([from, to]) => ({ number, from, to })),
  );
  const edges = [...new Set([0, text.length, ...taken.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
  return edges.slice(1).map((to, i) => {
    const from = edges[i] ?? 0;
    const here = taken.filter((one) => one.from <= from && to <= one.to).map((one) => one.number);
    return { text: text.slice(from, to), passages: [...new Set(here)].sort((a, b) => a - b) };
  });
}
