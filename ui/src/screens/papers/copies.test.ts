import { expect, test } from 'vitest';
import type { Document } from '../../generated/Document';
import type { PaperOf } from '../../generated/PaperOf';
import { copiesOf } from './copies';

const issued = (id: string, paper: unknown) => ({ id, paper }) as Document;
const DOCUMENTS = [
  issued('year', { kind: 'management_report', body_id: 'b', year: 2025, quarter: null, analysis: null }),
  issued('fourth', { kind: 'management_report', body_id: 'b', year: 2025, quarter: 4, analysis: null }),
  issued('again', { year: 2025, body_id: 'b', kind: 'management_report', quarter: 4 }),
  issued('minutes', null),
];
const found = (paper: PaperOf) => copiesOf(DOCUMENTS, paper).map((one) => one.id);

test('the copies of a paper are those that the core keeps as such, in the order of the list', () => {
  expect(found({ kind: 'management_report', body_id: 'b', year: 2025, quarter: 4 })).toEqual(['fourth', 'again']);
});
test('the report of a year is none of its quarters', () => {
  expect(found({ kind: 'management_report', body_id: 'b', year: 2025 })).toEqual(['year']);
  expect(found({ kind: 'management_report', body_id: 'other', year: 2025 })).toEqual([]);
});
