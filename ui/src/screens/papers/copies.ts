import type { Document } from '../../generated/Document';
import type { PaperOf } from '../../generated/PaperOf';

/** A paper by what it says of itself, whatever the order; what is not said and what is said to be nothing are the same. */
const told = (paper: PaperOf): string =>
  JSON.stringify(
    Object.entries(paper)
      .filter(([, value]) => value !== null && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Which of the issued documents of a list the core keeps as copies of one paper. */
export function copiesOf(documents: readonly Document[], paper: PaperOf): Document[] {
  const key = told(paper);
  return documents.filter((one) => one.paper !== null && told(one.paper) === key);
}
