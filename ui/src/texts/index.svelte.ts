/**
 * The interface's language: texts, numbers, dates. `t()` is the dictionary in use; read inside markup or a
 * `$derived` it follows the setting. Every `Intl` object is given its locale: the engine's own is not reliable.
 */
import { es } from './es';
import type { Wording } from './dictionary';

export { plural, together } from './number';

export type Language = 'es' | 'en';
export type Dictionary = Wording<typeof es>;

/** Where the sessions take place: instants are shown at this place's clock, whatever the computer's. */
export const TIME_ZONE = 'America/Bogota';

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

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale()} ${name} ${timeZone}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), { ...options, timeZone });
    formats.set(key, made);
  }
  return made;
}

/** An instant (`Date` or RFC 3339) or a calendar date (`2026-11-19`), which has no time zone. */
export type When = Date | string;

function read(when: When): { at: Date; timeZone: string } {
  if (when instanceof Date) return { at: when, timeZone: TIME_ZONE };
  if (/^\d{4}-\d{2}-\d{2}$/.test(when)) return { at: new Date(`${when}T00:00:00Z`), timeZone: 'UTC' };
  return { at: new Date(when), timeZone: TIME_ZONE };
}

/** "jueves, 19 de noviembre de 2026". */
export function dateLong(when: When): string {
  const { at, timeZone } = read(when);
  return format('long', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, timeZone).format(at);
}

/** "19 de noviembre de 2026". */
export function date(when: When): string {
  const { at, timeZone } = read(when);
  return format('date', { day: 'numeric', month: 'long', year: 'numeric' }, timeZone).format(at);
}

/** "19 nov 2026". */
export function dateShort(when: When): string {
  const { at, timeZone } = read(when);
  const parts = format('short', { day: 'numeric', month: 'short', year: 'numeric' }, timeZone).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value.replace('.', '') ?? '';
  return `${part('day')}\u00a0${part('month').slice(0, 3)}\u00a0${part('year')}`;
}

/** "19 nov": when the year is plain from the place. */
export function dayMonth(when: When): string {
  return dateShort(when).replace(/\u00a0\d+$/, '');
}

/** "noviembre de 2026". */
export function monthYear(when: When): string {
  const { at, timeZone } = read(when);
  return format('month', { month: 'long', year: 'numeric' }, timeZone).format(at);
}

/** "noviembre". */
export function month(when: When): string {
  const { at, timeZone } = read(when);
  return format('monthName', { month: 'long' }, timeZone).format(at);
}

/** "jueves". */
export function weekday(when: When): string {
  const { at, timeZone } = read(when);
  return format('weekday', { weekday: 'long' }, timeZone).format(at);
}

/** "10:14". */
export function time(when: When): string {
  const { at, timeZone } = read(when);
  return format('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, timeZone).format(at);
}

/** "10:14:32". */
export function timeWithSeconds(when: When): string {
  const { at, timeZone } = read(when);
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return format('seconds', { ...options, hourCycle: 'h23' }, timeZone).format(at);
}

/** "19 nov 2026, 10:14". */
export function dateTime(when: When): string {
  return `${dateShort(when)}, ${time(when)}`;
}

/** The instant of a day and a clock time (`2026-02-09`, `09:05`) in Bogotá, whose clock is never changed. */
export function instantOf(day: string, clock: string): string {
  return new Date(`${day}T${clock}:00-05:00`).toISOString();
}

/** The calendar date (`2026-11-19`) of an instant, at the sessions' clock. */
export function calendarDate(at: Date): string {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: TIME_ZONE,
  });
  const part = (type: string) => parts.formatToParts(at).find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** A stopwatch: "08:18", "1:09:22". */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** "1.234.567,89". */
export function number(n: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale(), options).format(n);
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
  return collator.compare(a, b);
}

const collator = new Intl.Collator('es', { sensitivity: 'base', numeric: true });

/** Lower case and without accents, to compare what is typed with what is shown: "Sesión del año" → "sesion del ano". */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The first letter as a capital: "jueves, 19…" at the start of a line. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale()) + text.slice(1);
}
