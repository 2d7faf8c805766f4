// The table of the visual guide, kept true: every pair of colours that the rules allow, in both themes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Rgba = { r: number; g: number; b: number; alpha: number };
type Theme = 'light' | 'dark';

const css = readFileSync('src/styles/tokens.css', 'utf8');
const root = css.slice(css.indexOf(':root {'), css.indexOf(":root[data-theme='light']"));
const declared = new Map([...root.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value!.trim()]));

/** A token's colour: `light-dark()` and `var()` followed to their end. */
function token(name: string, theme: Theme): Rgba {
  const value = declared.get(name);
  if (!value) throw new Error(`no token --${name}`);
  return colour(value, theme);
}

function colour(value: string, theme: Theme): Rgba {
  const alias = /^var\(--([\w-]+)\)$/.exec(value);
  if (alias) return token(alias[1]!, theme);
  const pair = /^light-dark\((.+\)), (oklch\(.+\))\)$/.exec(value);
  if (pair) return colour(theme === 'light' ? pair[1]! : pair[2]!, theme);
  const parts = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(value);
  if (!parts) throw new Error(`not a colour: ${value}`);
  const [l, c, h] = [Number(parts[1]), Number(parts[2]), (Number(parts[3]) * Math.PI) / 180];
  const [a, b] = [c * Math.cos(h), c * Math.sin(h)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const encode = (n: number) => {
    const in01 = Math.min(1, Math.max(0, n));
    return in01 <= 0.0031308 ? 12.92 * in01 : 1.055 * in01 ** (1 / 2.4) - 0.055;
  };
  return {
    r: encode(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    g: encode(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    b: encode(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
    alpha: Number(parts[4] ?? 1),
  };
}

const over = (top: Rgba, under: Rgba): Rgba => ({
  r: top.r * top.alpha + under.r * (1 - top.alpha),
  g: top.g * top.alpha + under.g * (1 - top.alpha),
  b: top.b * top.alpha + under.b * (1 - top.alpha),
  alpha: 1,
});

function luminance({ r, g, b }: Rgba): number {
  const linear = (n: number) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function contrast(a: Rgba, b: Rgba): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Every surface as it is, and the selected row. */
function plain(theme: Theme): Rgba[] {
  return ['surface-frame', 'surface-main', 'surface-sunken', 'surface-raised', 'accent-soft'].map((name) =>
    token(name, theme),
  );
}

/** Where body text may stand: also under the fills of hover and press, which raised surfaces do not take. */
function filled(theme: Theme): Rgba[] {
  const fills = ['surface-hover', 'surface-active'].map((name) => token(name, theme));
  const flat = ['surface-frame', 'surface-main', 'surface-sunken'].map((name) => token(name, theme));
  return [...plain(theme), ...flat.flatMap((surface) => fills.map((fill) => over(fill, surface)))];
}

const VOTES = ['for', 'against', 'abstain'];

/** The pairs of a row of the table: foreground and background. */
type Pairs = (theme: Theme) => [Rgba, Rgba][];
const on =
  (names: string[], backgrounds: (theme: Theme) => Rgba[]): Pairs =>
  (theme) =>
    names.flatMap((name) => backgrounds(theme).map((background): [Rgba, Rgba] => [token(name, theme), background]));

const TABLE: [row: string, needs: number, light: number, dark: number, pairs: Pairs][] = [
  ['text-strong on any surface', 4.5, 13.2, 12.4, on(['text-strong'], filled)],
  ['text on any surface', 4.5, 9.9, 9.7, on(['text'], filled)],
  ['text-muted on any surface', 4.5, 5.7, 5.8, on(['text-muted'], filled)],
  ['text-faint on any surface', 4.5, 4.7, 4.8, on(['text-faint'], filled)],
  ['accent on any surface or accent-soft', 4.5, 6.4, 7.0, on(['accent'], plain)],
  [
    'vote text on its own soft tint',
    4.5,
    6.1,
    6.7,
    (theme) => VOTES.map((vote) => [token(`vote-${vote}`, theme), token(`vote-${vote}-soft`, theme)]),
  ],
  [
    'vote text on any surface or accent-soft',
    4.5,
    6.3,
    6.9,
    on(
      VOTES.map((vote) => `vote-${vote}`),
      plain,
    ),
  ],
  [
    'ink on vote bars',
    4.5,
    4.7,
    5.1,
    (theme) =>
      [...VOTES, 'pending'].map((vote) => [token(`vote-${vote}-ink`, theme), token(`vote-${vote}-solid`, theme)]),
  ],
  [
    'white on primary',
    4.5,
    8.0,
    4.5,
    on(['text-on-accent'], (theme) => [token('accent-solid', theme), token('accent-solid-hover', theme)]),
  ],
  ['white on danger button', 4.5, 6.2, 5.2, on(['text-on-accent'], (theme) => [token('danger-solid', theme)])],
  ['border-control on any surface', 3, 3.1, 3.1, on(['border-control'], plain)],
  ['focus ring on any surface', 3, 4.7, 6.6, on(['focus-color'], plain)],
  [
    'bars and marks on any surface',
    3,
    3.0,
    3.0,
    on([...VOTES.map((vote) => `vote-${vote}-solid`), 'danger-solid'], (theme) => plain(theme).slice(0, 4)),
  ],
  [
    'series on main',
    3,
    3.1,
    5.7,
    on(
      [1, 2, 3, 4, 5, 6].map((n) => `series-${n}`),
      (theme) => [token('surface-main', theme)],
    ),
  ],
];

for (const [row, needs, light, dark, pairs] of TABLE)
  for (const [theme, guide] of [
    ['light', light],
    ['dark', dark],
  ] as const)
    test(`${row}, ${theme}`, () => {
      const least = Math.min(...pairs(theme).map(([a, b]) => contrast(a, b)));
      expect(least).toBeGreaterThanOrEqual(needs);
      // The guide's own figure, to its one decimal: a changed token comes with a changed table.
      expect(Math.abs(least - guide), `computed ${least.toFixed(2)}, table ${guide}`).toBeLessThan(0.06);
    });
