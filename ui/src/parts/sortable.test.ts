import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { among, blockEnd, indent, moveTo, placed, shift, type Place } from './sortable';

/** "a .b .c d" as places: a dot for each level. */
const read = (text: string): Place[] =>
  text.split(' ').map((word) => ({ id: word.replace(/^\.+/, ''), level: word.lastIndexOf('.') + 1 }));
const show = (places: readonly Place[] | undefined) =>
  places?.map((place) => '.'.repeat(place.level) + place.id).join(' ');
const at = (text: string, id: string) => read(text).findIndex((place) => place.id === id);

describe('moving with Alt and arrows', () => {
  for (const [before, id, by, after] of [
    ['a b c', 'b', 1, 'a c b'],
    ['a b c', 'b', -1, 'b a c'],
    ['a b c', 'a', -1, undefined],
    ['a b c', 'c', 1, undefined],
    ['a .b .c d', 'a', 1, 'd a .b .c'],
    ['a .b .c d', 'd', -1, 'd a .b .c'],
    ['a .b .c d', 'b', 1, 'a .c .b d'],
    ['a .b .c d', 'c', 1, undefined],
    ['a .b .c d', 'b', -1, undefined],
    ['a .b ..c .d', 'd', -1, 'a .d .b ..c'],
  ] as const)
    test(`${before}: ${id} ${by}`, () => expect(show(shift(read(before), at(before, id), by))).toBe(after));
});

describe('changing level', () => {
  for (const [before, id, by, after] of [
    ['a b c', 'b', 1, 'a .b c'],
    ['a b c', 'a', 1, undefined],
    ['a .b c', 'b', -1, 'a b c'],
    ['a .b .c', 'b', -1, 'a b .c'],
    ['a b .c', 'b', 1, undefined],
    ['a .b', 'b', 1, undefined],
  ] as const)
    test(`${before}: ${id} ${by}`, () => expect(show(indent(read(before), at(before, id), by, 1))).toBe(after));
});

describe('dropping', () => {
  for (const [before, id, gap, after] of [
    ['a b c', 'a', 3, 'b c a'],
    ['a b c', 'c', 0, 'c a b'],
    ['a b c', 'b', 1, undefined],
    ['a b c', 'b', 2, undefined],
    ['a .b .c d', 'd', 2, 'a .b .d .c'],
    ['a .b .c d', 'b', 0, 'b a .c d'],
    ['a .b .c d', 'a', 4, 'd a .b .c'],
  ] as const)
    test(`${before}: ${id} → ${gap}`, () => expect(show(moveTo(read(before), at(before, id), gap))).toBe(after));
});

test('what an item hangs from', () => {
  const places = read('a .b ..c .d e');
  expect(placed(places, 0)).toEqual({ id: 'a', parent: null, position: 1 });
  expect(placed(places, 2)).toEqual({ id: 'c', parent: 'b', position: 1 });
  expect(placed(places, 3)).toEqual({ id: 'd', parent: 'a', position: 2 });
  expect(placed(places, 4)).toEqual({ id: 'e', parent: null, position: 2 });
});

test('place among brothers', () => {
  expect(among(read('a .b .c d'), 2)).toEqual({ place: 2, total: 2 });
  expect(among(read('a .b .c d'), 3)).toEqual({ place: 2, total: 2 });
});

test('whatever is moved, nothing is lost and no level is jumped', () => {
  const places = fc
    .array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 8 })
    .map(
      (levels) =>
        moveTo([...levels.map((level, i) => ({ id: String(i), level })), { id: 'z', level: 0 }], levels.length, 0) ??
        [],
    );
  const acts = fc.array(fc.tuple(fc.nat(9), fc.constantFrom('up', 'down', 'in', 'out', 'drop'), fc.nat(9)), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(places, acts, (start, list) => {
      let now = start;
      for (const [index, act, gap] of list) {
        const i = index % now.length;
        const next =
          act === 'up'
            ? shift(now, i, -1)
            : act === 'down'
              ? shift(now, i, 1)
              : act === 'in'
                ? indent(now, i, 1, 3)
                : act === 'out'
                  ? indent(now, i, -1, 3)
                  : moveTo(now, i, gap % (now.length + 1));
        now = next ?? now;
        expect(now.map((place) => place.id).sort()).toEqual(start.map((place) => place.id).sort());
        for (const [k, place] of now.entries()) expect(place.level).toBeLessThanOrEqual((now[k - 1]?.level ?? -1) + 1);
        expect(blockEnd(now, 0)).toBeGreaterThan(0);
      }
    }),
    { numRuns: 300 },
  );
});
