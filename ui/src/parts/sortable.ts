/** The order and the levels of a list whose items may hang from others: an agenda. */

export interface Place {
  id: string;
  /** 0 for what hangs from nothing. */
  level: number;
}

/** One past the last of what moves with an item: the item and all that hangs from it. */
export function blockEnd(places: readonly Place[], index: number): number {
  const level = places[index]?.level ?? 0;
  let end = index + 1;
  while ((places[end]?.level ?? -1) > level) end += 1;
  return end;
}

/** No item hangs more than one level below the one before. */
function settled(places: readonly Place[]): Place[] {
  let before = -1;
  return places.map((place) => {
    before = Math.min(place.level, before + 1);
    return { id: place.id, level: before };
  });
}

/**
 * Moves an item, with what hangs from it, before its former brother or after the next one. Nothing when it is the
 * first or the last of its brothers.
 */
export function shift(places: readonly Place[], index: number, by: 1 | -1): Place[] | undefined {
  const item = places[index];
  if (!item) return undefined;
  const end = blockEnd(places, index);
  if (by === 1) {
    const next = places[end];
    if (next?.level !== item.level) return undefined;
    return moveTo(places, index, blockEnd(places, end));
  }
  let to = index - 1;
  while ((places[to]?.level ?? -1) > item.level) to -= 1;
  return places[to]?.level === item.level ? moveTo(places, index, to) : undefined;
}

/** Moves an item, with what hangs from it, to the gap before `gap` (counted in the present order). */
export function moveTo(places: readonly Place[], index: number, gap: number): Place[] | undefined {
  const end = blockEnd(places, index);
  if (gap >= index && gap <= end) return undefined;
  const block = places.slice(index, end);
  const rest = [...places.slice(0, index), ...places.slice(end)];
  const at = gap > index ? gap - block.length : gap;
  // Between a parent and what hangs from it, it hangs from the same parent.
  const level = rest[at]?.level ?? block[0]?.level ?? 0;
  const turn =
    Math.max(level, Math.min(block[0]?.level ?? 0, (rest[at - 1]?.level ?? -1) + 1)) - (block[0]?.level ?? 0);
  rest.splice(at, 0, ...block.map((place) => ({ id: place.id, level: place.level + turn })));
  return settled(rest);
}

/** Hangs an item, with what hangs from it, one level deeper or less deep. Nothing when it cannot. */
export function indent(places: readonly Place[], index: number, by: 1 | -1, deepest: number): Place[] | undefined {
  const item = places[index];
  if (!item) return undefined;
  const level = item.level + by;
  const above = places[index - 1]?.level ?? -1;
  const end = blockEnd(places, index);
  const depth = Math.max(...places.slice(index, end).map((place) => place.level)) + by;
  if (level < 0 || level > above + 1 || depth > deepest) return undefined;
  return settled(
    places.map((place, i) => (i >= index && i < end ? { id: place.id, level: place.level + by } : { ...place })),
  );
}

/** An item's place among its brothers, from one, and how many they are. */
export function among(places: readonly Place[], index: number): { place: number; total: number } {
  const level = places[index]?.level ?? 0;
  let start = index;
  while (start > 0 && (places[start - 1]?.level ?? 0) >= level) start -= 1;
  let end = index + 1;
  while ((places[end]?.level ?? -1) >= level) end += 1;
  const brothers = places.slice(start, end).filter((place) => place.level === level);
  return { place: brothers.findIndex((place) => place.id === places[index]?.id) + 1, total: brothers.length };
}

export interface Moved {
  id: string;
  /** What it hangs from now, if anything. */
  parent: string | null;
  /** Its place among its brothers, from one. */
  position: number;
}

/** Where an item of an order hangs. */
export function placed(places: readonly Place[], index: number): Moved {
  const level = places[index]?.level ?? 0;
  let above = index - 1;
  while (above >= 0 && (places[above]?.level ?? 0) >= level) above -= 1;
  return { id: places[index]?.id ?? '', parent: places[above]?.id ?? null, position: among(places, index).place };
}
