/** A number as a person writes it: the marks of Spanish and of English, read only when they can mean one thing. */
import type { Language } from '../texts/index.svelte';

/**
 * What a written number is: its value (`null` when nothing is written), or why it is refused. `ambiguous` when the mark
 * may group thousands or begin the decimals, `not_whole` when it has more decimals than are taken, else `unreadable`.
 */
export type Reading = { value: number | null } | { refused: 'ambiguous' | 'not_whole' | 'unreadable' };

/** The mark that groups thousands, and the one that begins the decimals. */
const MARKS = { es: ['.', ','], en: [',', '.'] } as const;

/** Digits and decimals of a text by the marks of one language; nothing when it is not written so. */
function parts(text: string, [group, point]: readonly [string, string]): { whole: string; decimals: string } | null {
  const [whole = '', decimals, ...more] = text.split(point);
  if (more.length > 0 || decimals === '' || /\D/.test(decimals ?? '')) return null;
  const grouped = whole.includes(group);
  if (!(grouped ? /^[1-9]\d{0,2}(?:\D\d{3})+$/ : /^\d+$/).test(whole)) return null;
  return { whole: whole.replaceAll(group, ''), decimals: decimals ?? '' };
}

/** Reads a number of at most that many decimals: "150.000" is a hundred and fifty thousand in Spanish, "1,5" one and a half. */
export function readNumber(written: string, decimals: number, language: Language): Reading {
  const text = written.replaceAll(/\s/g, '');
  if (text === '') return { value: null };
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = sign < 0 ? text.slice(1) : text;
  const own = parts(digits, MARKS[language]);
  const other = parts(digits, MARKS[language === 'es' ? 'en' : 'es']);
  const read = own ?? other;
  if (!read) return { refused: 'unreadable' };
  // "150,000": three digits after the only mark may be a thousand to whoever writes as the other language does.
  const three = /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits);
  if (three && (own?.decimals !== '' || decimals >= 3)) return { refused: 'ambiguous' };
  const kept = read.decimals.replace(/0+$/, '');
  if (kept.length > decimals) return { refused: 'not_whole' };
  return { value: sign * Number(`${read.whole}.${kept || '0'}`) };
}
