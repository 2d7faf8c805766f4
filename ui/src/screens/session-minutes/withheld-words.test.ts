import { expect, test } from 'vitest';
import { stretches } from './withheld-words';

const PRICE = { number: 1, words: '4.817 millones de pesos' };
/** The text with each withheld stretch between brackets, after its numbers. */
const told = (text: string, ...passages: { number: number; words: string | null }[]) =>
  stretches(text, passages)
    .map((one) => (one.passages.length > 0 ? `[${one.passages.join('+')}:${one.text}]` : one.text))
    .join('');

test.each([
  ['nothing withheld', 'Se aprobó.', [], 'Se aprobó.'],
  ['wherever it is said', 'Dos: 4.817 millones de pesos y 4.817 Millones de pesos.', [PRICE], 'Dos: [1:4.817 millones de pesos] y [1:4.817 Millones de pesos].'],
  ['through marks and line ends', 'un precio de **4.817 millones** de\npesos.', [PRICE], 'un precio de **[1:4.817 millones** de\npesos].'],
  ['as words', 'Anaconda, Ana y Mariana', [{ number: 2, words: 'Ana' }], 'Anaconda, [2:Ana] y Mariana'],
  ['quotation marks and hyphens alike', '«Norte–Sur»', [{ number: 1, words: '"Norte-Sur"' }], '[1:«Norte–Sur»]'],
  ['accents tell words apart', 'El público publico', [{ number: 1, words: 'publico' }], 'El público [1:publico]'],
  ['a whole item is no words', 'Se aprobó.', [{ number: 1, words: null }], 'Se aprobó.'],
  ['words that are only marks', 'Se aprobó.', [{ number: 1, words: '**' }], 'Se aprobó.'],
  ['overlapping', 'uno dos tres', [{ number: 2, words: 'dos tres' }, { number: 1, words: 'uno dos' }], '[1:uno ][1+2:dos][2: tres]'],
])('%s', (_, text, passages, want) => expect(told(text, ...passages)).toBe(want)); // prettier-ignore

test('the stretches are the text', () => {
  const text = 'Ñandú 🦤 **dijo** «no» — y se fue';
  expect(
    stretches(text, [{ number: 1, words: 'dijo "no"' }])
      .map((one) => one.text)
      .join(''),
  ).toBe(text);
});
