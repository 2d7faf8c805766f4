/**
 * The interface's language: texts, numbers, dates. `t()` is the dictionary in use; read inside markup or a
 * `$derived` it follows the setting. Instants are shown at Bogotá's clock, where the sessions take place, whatever
 * the computer's. Every `Intl` object is given its locale: the engine's own is not reliable.
 */
import { es } from './es';
import type { Wording } from './dictionary';

export { plural, together } from './number';

export type Language = 'es' | 'en';
export type Dictionary = Wording<typeof es>;

/** Spanish is always there; another language comes when it is chosen. */
const dictionaries: { es: Dictionary } & Partial<Record<Language, Dictionary>> = { es };

let current = $state<Language>('es');

export function language(): Language {
  return current;
}

/** Changes the language once its texts are there. */
export async function setLanguage(next: Language): Promise<void> {
  if (next === 'en') dictionaries.en ??= (await import('./en')).en;
  current = next;
  document.documentElement.lang = next;
}

/** The texts in the language of the setting. */
export function t(): Dictionary {
  return dictionaries[current] ?? es;
}

/** The locale for `Intl`. */
export function locale(): string {
  return current === 'es' ? 'es-CO' : 'en-GB';
}

/** An instant (`Date` or RFC 3339) or a calendar date (`2026-11-19`), which has no time zone. */
export type When = Date | string;

/** How far Bogotá's clock is behind UTC; it is never changed. */
const BEHIND_MS = 5 * 3_600_000;

/**
 * What calendar and clock show then, to be read with the `getUTC…` functions. Dates are put into words here and not
 * by `Intl`: their words are the same in every engine, and no screen waits for its tables.
 */
function shown(when: When): Date {
  if (typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when)) return new Date(`${when}T00:00:00Z`);
  return new Date(new Date(when).getTime() - BEHIND_MS);
}

const two = (n: number) => String(n).padStart(2, '0');
const monthOf = (at: Date) => t().dates.months[at.getUTCMonth()] ?? '';
const dateOf = (at: Date) => t().dates.date(at.getUTCDate(), monthOf(at), at.getUTCFullYear());
const weekdayOf = (at: Date) => t().dates.weekdays[at.getUTCDay()] ?? '';

/** "jueves, 19 de noviembre de 2026". */
export function dateLong(when: When): string {
  const at = shown(when);
  return t().dates.long(weekdayOf(at), dateOf(at));
}

/** "19 de noviembre de 2026". */
export function date(when: When): string {
  return dateOf(shown(when));
}

/** "19 nov 2026". */
export function dateShort(when: When): string {
  return `${dayMonth(when)}\u00a0${shown(when).getUTCFullYear()}`;
}

/** "19 nov": when the year is plain from the place. */
export function dayMonth(when: When): string {
  const at = shown(when);
  return `${at.getUTCDate()}\u00a0${monthOf(at).slice(0, 3)}`;
}

/** "noviembre de 2026". */
export function monthYear(when: When): string {
  const at = shown(when);
  return t().dates.month(monthOf(at), at.getUTCFullYear());
}

/** "noviembre". */
export function month(when: When): string {
  return monthOf(shown(when));
}

/** "jueves". */
export function weekday(when: When): string {
  return weekdayOf(shown(when));
}

/** "10:14". */
export function time(when: When): string {
  const at = shown(when);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** "10:14:32". */
export function timeWithSeconds(when: When): string {
  return `${time(when)}:${two(shown(when).getUTCSeconds())}`;
}

/** "19 nov 2026, 10:14". */
export function dateTime(when: When): string {
  return `${dateShort(when)}, ${time(when)}`;
}

/** "10:14" on the day of `day`, "19 nov, 10:14" on another: hours of a session that may go on another day. */
export function timeBeside(when: When, day: When): string {
  return dayMonth(when) === dayMonth(day) ? time(when) : `${dayMonth(when)}, ${time(when)}`;
}

/** The instant of a day and a clock time (`2026-02-09`, `09:05`) in Bogotá. */
export function instantOf(day: string, clock: string): string {
  return new Date(`${day}T${clock}:00-05:00`).toISOString();
}

/** The calendar date (`2026-11-19`) of an instant, at the sessions' clock. */
export function calendarDate(at: Date): string {
  return shown(at).toISOString().slice(0, 10);
}

/** A stopwatch: "08:18", "1:09:22". */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** How long it has lasted: "21 min", "1 h 28 min". */
export function elapsed(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const hours = Math.floor(minutes / 60);
  return `${hours > 0 ? `${hours}\u00a0h ` : ''}${minutes % 60}\u00a0min`;
}

/** "1.234.567,89". */
export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale(), options).format(n);
}

/** "12 kB", "3,4 MB": the size of a file. */
export function fileSize(bytes: number): string {
  return bytes < 1_000_000
    ? `${number(Math.max(1, Math.round(bytes / 1000)))}\u00a0kB`
    : `${number(bytes / 1_000_000, { maximumFractionDigits: 1 })}\u00a0MB`;
}

/** "12 %": the number and its sign stay together. */
export function percent(part: number): string {
  return `${number(Math.round(part * 100))}\u00a0%`;
}

/** "ana, beto y ceci". */
export function list(words: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);
}

/** Orders names as a Spanish reader expects: accents and case aside, ñ after n. */
export function compareNames(a: string, b: string): number {
  collator ??= new Intl.Collator('es', { sensitivity: 'base', numeric: true });
  return collator.compare(a, b);
}

let collator: Intl.Collator | undefined;

/** Lower case and without accents, to compare what is typed with what is shown: "Sesión del año" → "sesion del ano". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The first letter as a capital: "jueves, 19…" at the start of a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
