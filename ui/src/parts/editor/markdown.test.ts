import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keeps, parse, write } from './markdown';
import { normal, type Doc } from './normal';

const p = (...content: Doc[]): Doc => ({ type: 'paragraph', content });
const text = (value: string, ...marks: string[]): Doc => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});
const doc = (...content: Doc[]): Doc => ({ type: 'doc', content });

describe('what was typed comes back as it was typed', () => {
  for (const typed of [
    '# 3 del orden del día',
    '## no es título ##',
    '1. no es lista',
    '12) tampoco',
    '- Sí',
    '+ 4 votos',
    '* nota',
    '> cita que no lo es',
    '---',
    '===',
    '```',
    '~~~',
    'a * b * c _d_ `e`',
    '[x](y) ![z](w)',
    '<b>no es HTML</b>',
    'AT&T &amp; &copy; &#65;',
    'C:\\ruta\\n',
    '5 < 6 > 4',
    '| a | b |',
    '{{block:quorum-1}}',
    'https://bogota.gov.co/a_b_c?x=1&y=2',
    'fin con barra \\',
    'dos  espacios',
    'n.º 3, 15 min',
    '2025. Año del informe',
  ])
    test(typed, () => {
      const made = doc(p(text(typed)));
      expect(parse(write(made))).toEqual(typed.startsWith('{{') ? made : normal(made));
      expect(parse(write(doc(p(text('antes'), { type: 'hardBreak' }, text(typed)))))).toEqual(
        normal(doc(p(text('antes'), { type: 'hardBreak' }, text(typed)))),
      );
    });
});

describe('marks beside letters and signs', () => {
  for (const [name, content, markdown] of [
    ['bold word', [text('La '), text('presidencia', 'bold'), text(' expone')], 'La **presidencia** expone\n'],
    ['italic word', [text('una '), text('semestral', 'italic')], 'una _semestral_\n'],
    ['bold ending in a stop, a letter after', [text('Sí.', 'bold'), text('Luego')], '**Sí.**&#76;uego\n'],
    ['italic inside a word', [text('inter'), text('na', 'italic'), text('cional')], 'inte&#114;_na_&#99;ional\n'],
    ['bold and italic', [text('a', 'bold', 'italic'), text('b', 'bold')], undefined],
    ['italic then bold', [text('a', 'italic'), text('b', 'bold')], undefined],
    ['bold blanks', [text('a'), text(' b ', 'bold'), text('c')], 'a **b** c\n'],
    ['emoji', [text('x'), text('👍', 'italic'), text('y')], undefined],
  ] as const)
    test(name, () => {
      const made = doc(p(...(content as readonly Doc[])));
      if (markdown !== undefined) expect(write(made)).toBe(markdown);
      expect(parse(write(made))).toEqual(normal(made));
    });
});

test('Markdown as the core stores it is kept, and comes back letter by letter', () => {
  const stored = `La **presidencia** expone el dictamen. La integrante solicita constancia de que:

1. El calendario excede el ejercicio fiscal.
2. Conviene una revisión _semestral_.
   - Con indicadores.
   - Con responsables.

{{block:vote-3}}

## Conclusiones

> Se acuerda adjuntar el anexo técnico.

- Primero
- Segundo

| Rubro | **Valor** | Año |
| :--- | ---: | --- |
| Pasajes \\| viáticos | 1.200 | 2026 |
|  | 800 |  |
`;
  expect(write(parse(stored)!)).toBe(stored);
});

test('a locked block without empty lines about it is a block', () => {
  expect(parse('antes\n{{block:a-1}}\ndespués')?.content?.map((node) => node.type)).toEqual([
    'paragraph',
    'lockedBlock',
    'paragraph',
  ]);
});

describe('what the editor does not offer is not edited as if it were kept', () => {
  for (const markdown of [
    '| a |\n|---|\n| `b` |',
    '# uno',
    '```\ncódigo\n```',
    'a `b`',
    '<div>x</div>',
    'a <b>b</b>',
    '![x](y.png)',
    '---',
  ])
    test(markdown, () => {
      expect(parse(markdown)).toBeUndefined();
      expect(keeps(markdown)).toBe(false);
    });
});

const WORDS = [
  'Sí',
  'acta',
  '3.',
  '#',
  '-',
  '*',
  '_',
  '**',
  '1)',
  '[x]',
  '\\',
  '`',
  '<a>',
  '&lt;',
  '&',
  '!',
  '.',
  '(n.º 2)',
  'ñandú',
  ' ',
  '  ',
  '~~',
  '|',
  '>',
  '{{block:a}}',
  '👍',
  '“q”',
  '\u00a0',
  ':',
];
const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((list) => list.join(''));
const marks = fc
  .subarray(['bold', 'italic', 'link'])
  .map((list) =>
    list.map((type) => (type === 'link' ? { type, attrs: { href: 'https://a.co/x_y?a=1&b=(2)' } } : { type })),
  );
const inline = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('text'),
        text: fc.oneof(words, fc.string({ minLength: 1, unit: 'grapheme' })),
        marks,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
  ),
  { maxLength: 6 },
);
const { block } = fc.letrec<{ block: Doc; list: Doc; item: Doc }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    inline.map((content): Doc => ({ type: 'paragraph', content })),
    fc.record({ content: inline, level: fc.constantFrom(2, 3) }).map(({ content, level }): Doc => ({
      type: 'heading',
      attrs: { level },
      content: content.filter((node) => node.type === 'text'),
    })),
    fc.constant<Doc>({ type: 'lockedBlock', attrs: { id: 'vote-3' } }),
    tie('list'),
    fc
      .array(
        fc.array(fc.record({ content: inline, align: fc.constantFrom(null, 'left', 'right', 'center') }), {
          maxLength: 3,
        }),
        {
          maxLength: 3,
        },
      )
      .map((rows): Doc => ({
        type: 'table',
        content: rows.map((cells): Doc => ({
          type: 'tableRow',
          content: cells.map(({ content, align }): Doc => ({ type: 'tableCell', attrs: { align }, content })),
        })),
      })),
    fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content): Doc => ({ type: 'blockquote', content })),
  ),
  list: fc
    .record({
      ordered: fc.boolean(),
      start: fc.constantFrom(1, 1, 3, 10),
      content: fc.array(tie('item'), { minLength: 1, maxLength: 3 }),
    })
    .map(({ ordered, start, content }): Doc =>
      ordered ? { type: 'orderedList', attrs: { start }, content } : { type: 'bulletList', content },
    ),
  item: fc
    .record({ first: inline, rest: fc.array(tie('block'), { maxLength: 2 }) })
    .map(({ first, rest }): Doc => ({ type: 'listItem', content: [{ type: 'paragraph', content: first }, ...rest] })),
}));

test('round trip: any document is read back as it was written', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 4 }), (content) => {
      const made = doc(...content);
      const once = write(made);
      expect(parse(once)).toEqual(normal(made));
      // And the second writing changes nothing: opening and closing a text leaves it alone.
      expect(write(parse(once)!)).toBe(once);
    }),
    { numRuns: 400 },
  );
}, 30_000);
