import { expect, test } from 'vitest';
import { completed, read } from './draft';

test('rules kept before they had a field have it as the rules that they begin from', () => {
  const base = {
    adopted_by: { name: null },
    recusal: { decided_by: 'body', terms: { answer_days: null, source: null } },
    rules: [{ id: 'a', tie: 'rejected' }],
    quorum: { kind: 'fixed', value: 5 },
  };
  const kept = {
    adopted_by: { name: 'Acuerdo 9' },
    recusal: { decided_by: 'superior' },
    rules: [{ id: 'b' }],
    quorum: { kind: 'any' },
  };
  expect(completed<unknown>(kept, base)).toEqual({
    adopted_by: { name: 'Acuerdo 9' },
    recusal: { decided_by: 'superior', terms: { answer_days: null, source: null } },
    rules: [{ id: 'b' }],
    quorum: { kind: 'any' },
  });
  // What was emptied stays empty.
  expect(
    completed<unknown>({ recusal: { terms: { source: null } } }, { recusal: { terms: { source: 'Ley' } } }),
  ).toEqual({
    recusal: { terms: { source: null } },
  });
});

test('what is no draft counts as none', () => {
  for (const text of ['', '{', 'null', '{"rules":{}}']) expect(read(text)).toBeNull();
  expect(read('{"rules":{"adopted_by":{}}}')?.from).toBeNull();
});
