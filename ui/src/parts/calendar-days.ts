import { CalendarDate, endOfMonth, parseDate, startOfWeek } from '@internationalized/date';

/** A calendar date as calls carry it: `2026-11-19`. */
export type IsoDate = string;

/** The date, or nothing when the text is no date. */
export function readDate(text: string | null | undefined): CalendarDate | null {
  if (!text) return null;
  try {
    return parseDate(text.slice(0, 10));
  } catch {
    return null;
  }
}

/** The days a month shows: whole weeks from Monday, six of them so that the height never changes. */
export function weeksOf(year: number, month: number): CalendarDate[][] {
  const first = startOfWeek(new CalendarDate(year, month, 1), 'es-CO', 'mon');
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => first.add({ days: week * 7 + day })),
  );
}

/** Where a key takes the focus in a calendar; nothing when the key is not one of its. */
export function moveBy(date: CalendarDate, key: string, shift = false): CalendarDate | undefined {
  const monday = startOfWeek(date, 'es-CO', 'mon');
  const moves: Record<string, () => CalendarDate> = {
    ArrowLeft: () => date.subtract({ days: 1 }),
    ArrowRight: () => date.add({ days: 1 }),
    ArrowUp: () => date.subtract({ weeks: 1 }),
    ArrowDown: () => date.add({ weeks: 1 }),
    PageUp: () => date.subtract(shift ? { years: 1 } : { months: 1 }),
    PageDown: () => date.add(shift ? { years: 1 } : { months: 1 }),
    Home: () => monday,
    End: () => monday.add({ days: 6 }),
  };
  return moves[key]?.();
}

/** Days of a month. */
export function daysIn(year: number, month: number): number {
  return endOfMonth(new CalendarDate(year, month, 1)).day;
}
