import type { Accord } from '../../generated/Accord';
import type { LiveView } from '../../generated/LiveView';
import type { PutAccord } from '../../generated/PutAccord';
import type { Decision } from '../../generated/Decision';

/** A text among others, told apart while they are put in order. */
export interface Clause {
  id: number;
  text: string;
}

/** One more, empty, at the end. */
export const added = (clauses: readonly Clause[]): Clause[] => [
  ...clauses,
  { id: Math.max(0, ...clauses.map((one) => one.id)) + 1, text: '' },
];

/** In the order in which a list gives them. */
export const ordered = (clauses: readonly Clause[], places: readonly { id: string }[]): Clause[] =>
  places.flatMap(({ id }) => clauses.find((one) => String(one.id) === id) ?? []);

const clausesOf = (texts: readonly string[]): Clause[] => texts.map((text, i) => ({ id: i + 1, text }));
/** A box left empty is no text. */
const textsOf = (clauses: readonly Clause[]) => clauses.map((one) => one.text.trim()).filter((text) => text !== '');

/** What is written of an accord. */
export interface Written {
  number: number | null;
  title: string;
  powers: string;
  recitals: Clause[];
  articles: Clause[];
}

/** Where its form begins: as it was written, or with one recital and one article to write. */
export const formOf = (accord: Accord | null, start: string): Written => ({
  number: accord?.number ?? null,
  title: accord?.title ?? start,
  powers: accord?.powers ?? '',
  recitals: accord ? clausesOf(accord.recitals) : clausesOf(['']),
  articles: accord ? clausesOf(accord.articles) : clausesOf(['']),
});

/** What is asked of the core. */
export const toPut = (decision_id: string, { number, title, powers, recitals, articles }: Written): PutAccord => ({
  decision_id,
  ...(number === null ? {} : { number }),
  title: title.trim(),
  powers: powers.trim(),
  recitals: textsOf(recitals),
  articles: textsOf(articles),
});

/** Whether an accord is offered for a decision: it has one, or its vote approved it. Whether it may be, the core says. */
export function offersAccord({ course }: LiveView, { kind, vote_id, accord }: Decision): boolean {
  if (accord) return true;
  return (
    kind === 'substantive' && course.votes.some((one) => one.vote_id === vote_id && one.verdict?.result === 'approved')
  );
}
