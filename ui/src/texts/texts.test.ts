import { afterEach, describe, expect, test } from 'vitest';
import { en } from './en';
import { es } from './es';
import {
  calendarDate,
  capital,
  clock,
  compareNames,
  date,
  dateLong,
  dateShort,
  dateTime,
  dayMonth,
  folded,
  list,
  monthYear,
  number,
  percent,
  plural,
  setLanguage,
  t,
  time,
  weekday,
} from './index.svelte';

afterEach(() => setLanguage('es'));

/** 19 November 2026, 10:14:32 in Bogotá. */
const AT = '2026-11-19T15:14:32Z';

describe('dates and numbers in Spanish of Colombia', () => {
  for (const [name, got, want] of [
    ['long', () => dateLong(AT), 'jueves, 19 de noviembre de 2026'],
    ['date', () => date(AT), '19 de noviembre de 2026'],
    ['short', () => dateShort(AT), '19\u00a0nov\u00a02026'],
    ['September is three letters', () => dateShort('2026-09-01'), '1\u00a0sep\u00a02026'],
    ['day and month', () => dayMonth(AT), '19\u00a0nov'],
    ['month', () => monthYear('2026-11-01'), 'noviembre de 2026'],
    ['weekday', () => weekday('2026-11-19'), 'jueves'],
    ['time', () => time(AT), '10:14'],
    ['midnight is 00', () => time('2026-11-19T05:00:00Z'), '00:00'],
    ['date and time', () => dateTime(AT), '19\u00a0nov\u00a02026, 10:14'],
    ['a calendar date has no time zone', () => dateShort('2026-01-01'), '1\u00a0ene\u00a02026'],
    [
      'the evening of the 18th in Bogotá is the 19th in UTC',
      () => calendarDate(new Date('2026-11-19T03:00:00Z')),
      '2026-11-18',
    ],
    ['number', () => number(1234567.89), '1.234.567,89'],
    ['percent', () => percent(0.125), '13\u00a0%'],
    ['list', () => list(['Ana', 'Beto', 'Ceci']), 'Ana, Beto y Ceci'],
    ['stopwatch', () => clock(498_000), '08:18'],
    ['stopwatch with hours', () => clock(4_162_999), '1:09:22'],
    ['never below zero', () => clock(-5), '00:00'],
    ['capital', () => capital('ágora'), 'Ágora'],
  ] as const)
    test(name, () => expect(got()).toBe(want));
});

test('and in English', async () => {
  await setLanguage('en');
  expect(dateLong(AT)).toBe('Thursday, 19 November 2026');
  expect(dateShort(AT)).toBe('19\u00a0Nov\u00a02026');
  expect(time(AT)).toBe('10:14');
  expect(number(1234567.89)).toBe('1,234,567.89');
  expect(t().frame.sections.today).toBe('Today');
  expect(document.documentElement.lang).toBe('en');
});

test('names are ordered as a Spanish reader expects', () => {
  expect(['Ñáñez', 'Zúñiga', 'Álvarez', 'Nieto', 'acosta', 'Osorio'].sort(compareNames)).toEqual([
    'acosta',
    'Álvarez',
    'Nieto',
    'Ñáñez',
    'Osorio',
    'Zúñiga',
  ]);
});

test('what is typed without accents finds what has them', () => {
  expect(folded('Sesión del AÑO')).toBe('sesion del ano');
});

test('one and many', () => {
  expect([0, 1, 2, 21].map((n) => plural(n, 'voto', 'votos'))).toEqual(['votos', 'voto', 'votos', 'votos']);
});

const ARCHIVE_NAMES = ['concepts', 'fields', 'codes'].map((part) => `texts.history.${part}`);

test('every English text says something, and functions take the same', () => {
  const walk = (a: unknown, b: unknown, path: string): void => {
    expect(typeof b, path).toBe(typeof a);
    if (typeof a === 'string') expect((b as string).trim() === '', path).toBe(a.trim() === '');
    else if (typeof a === 'object' && a !== null) {
      const [all, there] = [Object.keys(a).sort(), Object.keys(b as object).sort()];
      // Where the archive's own name is an English word, only Spanish has to say it.
      if (ARCHIVE_NAMES.includes(path)) expect(all, path).toEqual(expect.arrayContaining(there));
      else expect(there, path).toEqual(all);
      for (const key of there) walk(a[key as never], (b as never)[key], `${path}.${key}`);
    }
  };
  walk(es, en, 'texts');
});
