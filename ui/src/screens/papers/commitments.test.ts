import { expect, test } from 'vitest';
import { commitmentsAsked, commitmentsSearch, type CommitmentsAsked } from './commitments';

const there = (asked: CommitmentsAsked) =>
  new URLSearchParams(
    Object.entries(commitmentsSearch(asked)).filter((one): one is [string, string] => typeof one[1] === 'string'),
  );

test('the filters of a paper of commitments are the same after going through its address', () => {
  const asked: CommitmentsAsked = {
    state: 'overdue',
    entity_id: 'ent-dpi',
    text: 'balance',
    due_from: '2025-01-01',
    due_to: '2025-12-31',
  };
  expect(commitmentsAsked(there(asked))).toEqual(asked);
  expect(commitmentsAsked(there({}))).toEqual({});
});
test('what the list has for itself is of no filter', () => {
  expect(commitmentsAsked(new URLSearchParams('estado=all&texto=%20'))).toEqual({});
});
