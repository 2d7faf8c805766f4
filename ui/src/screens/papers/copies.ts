import type { Document } from '../../generated/Document';

/**
 * Which of the issued documents of a kind are copies of one paper. A document keeps its session and its file's name, and by
 * the end of that name it is told from others of its kind.
 */
export const copiesOf = (documents: readonly Document[], ending: string): Document[] =>
  documents.filter((one) => one.file.endsWith(`${ending}.pdf`));

const two = (n: number) => String(n).padStart(2, '0');

/** How the names of the files end. */
export const endings = {
  /** Of a session there is one only: its ledger, its kit. */
  only: '',
  decision: (one: { id: string; number: number | null; year: number | null }) =>
    one.number !== null && one.year !== null ? `-decision-${two(one.number)}-${one.year}` : `-${one.id}`,
  accord: (one: { number: number; year: number }) => `acuerdo-${String(one.number).padStart(3, '0')}-${one.year}`,
  /** The vote's place among those of its session, from 1. */
  vote: (nth: number) => `-${two(nth)}`,
  seat: (number: number) => `-puesto-${two(number)}`,
  commitment: (id: string) => `-${id}`,
  items: (numbers: readonly string[]) => `-punto-${numbers.join('-').replaceAll('.', '-')}`,
  year: (year: number) => `-${year}`,
  report: (year: number, quarter: number | null) => (quarter === null ? `-${year}` : `-${year}-trimestre-${quarter}`),
  proposal: (code: string) => `ficha-${code.toLowerCase().replaceAll(/[ /]/g, '-')}`,
};
