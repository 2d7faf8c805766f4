import { expect, test } from 'vitest';
import type { Template } from '../../generated/Template';
import { fieldsOf, hasPlace, inForm, NOTES_TITLE, toPut, toTry } from './fields';

const PLAIN: Template = {
  id: 'b',
  lines: [],
  picture: null,
  seal: null,
  typeface: 'serif',
  text_size: 11,
  formats: [],
  phrases: [],
  sections: [],
};

test('a template that was not touched is saved as it was', () => {
  expect(toPut('b', fieldsOf(PLAIN), {})).toEqual({
    body_id: 'b',
    lines: [],
    typeface: 'serif',
    text_size: 11,
    formats: [],
    phrases: [],
    sections: [],
  });
  const said: Template = {
    ...PLAIN,
    lines: ['Alcaldía', 'Oficina'],
    picture: { blob_id: 'x', file: 'escudo.png', alt: 'Escudo', width: 18 },
    typeface: 'sans',
    text_size: 10,
    formats: [{ kind: 'minutes', code: 'FT-1', version: null, series: null }],
    phrases: [{ kind: 'notice', place: 'closing', text: 'Se cita.' }],
    sections: [
      { kind: 'secretariat_notes', title: 'Salvedades' },
      { kind: 'fixed', title: 'Datos', text: 'Se tratan.' },
    ],
  };
  const put = toPut('b', fieldsOf(said), {});
  expect(put.lines).toEqual(said.lines);
  expect(put.picture).toEqual({ alt: 'Escudo', width: 18 });
  expect(put.seal).toBeUndefined();
  expect(put.sections).toEqual(said.sections);
  expect([put.typeface, put.text_size]).toEqual(['sans', 10]);
});

test('the notes of the secretariat have their place, and are said only where they are not as usual', () => {
  const fields = fieldsOf({ ...PLAIN, sections: [{ kind: 'fixed', title: 'Datos', text: 'Se tratan.' }] });
  expect(fields.sections.map((one) => one.title)).toEqual(['Datos', NOTES_TITLE]);
  expect(toPut('b', fields, {}).sections).toHaveLength(1);
  const moved = { ...fields, sections: fields.sections.toReversed() };
  expect(toPut('b', moved, {}).sections?.map((one) => one.kind)).toEqual(['secretariat_notes', 'fixed']);
});

test('what was only begun is not tried, and blank lines are no lines', () => {
  const begun = {
    ...fieldsOf(PLAIN),
    lines: 'Alcaldía\n\n  \nOficina\n',
    phrases: [{ kind: 'minutes', place: 'opening', text: ' ' } as const],
  };
  expect(toTry('b', begun, {}).phrases).toEqual([]);
  expect(toPut('b', begun, {}).phrases).toHaveLength(1);
  expect(toPut('b', begun, {}).lines).toEqual(['Alcaldía', 'Oficina']);
});

test('a refusal of what was tried is told at the row of the form, where the rows only begun count', () => {
  const fields = {
    ...fieldsOf(PLAIN),
    phrases: [
      { kind: 'minutes', place: 'opening', text: '' } as const,
      { kind: 'minutes', place: 'opening', text: 'Se dijo.' } as const,
    ],
  };
  expect(inForm('phrases.0.text', fields)).toBe('phrases.1.text');
  expect(inForm('formats.1.kind', fields)).toBe('formats.1.kind');
  expect(inForm('text_size', fields)).toBe('text_size');
  expect(['lines.0', 'formats.2.code', 'sections.1.text', 'phrases', 'seal.alt'].every(hasPlace)).toBe(true);
  expect(['body_id', 'phrases.0.place', null].some(hasPlace)).toBe(false);
});
