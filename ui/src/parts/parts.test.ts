import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet, flushSync } from 'svelte';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { said } from '../state/notices.svelte';
import Button from './Button.svelte';
import Combobox from './Combobox.svelte';
import DateField from './DateField.svelte';
import AlertDialog from './AlertDialog.svelte';
import Dialog from './Dialog.svelte';
import NumberInput from './NumberInput.svelte';
import QuorumGauge from './QuorumGauge.svelte';
import SortableList from './SortableList.svelte';
import Table from './Table.svelte';
import Tabs from './Tabs.svelte';
import TextInput from './TextInput.svelte';
import TimeField from './TimeField.svelte';
import VoteKeys from './VoteKeys.svelte';
import { moveBy, readDate, weeksOf } from './calendar-days';
import { held } from './held';
import { readNumber } from './read-number';

const user = userEvent.setup();
const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));
beforeEach(() => (said.text = ''));

test('a disabled button says why and does nothing', async () => {
  const onclick = vi.fn();
  render(Button, { children: words('Cerrar votación'), why: 'Falta abrirla', onclick });
  const button = screen.getByRole('button', { name: 'Cerrar votación' });
  await user.click(button);
  expect(onclick).not.toHaveBeenCalled();
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Falta abrirla');
});

test('a field’s error belongs to it', () => {
  render(TextInput, { label: 'Radicado', value: '1-20', error: 'Lleva año y número.' });
  const input = screen.getByLabelText('Radicado');
  expect(input.getAttribute('aria-invalid')).toBe('true');
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
    'Lleva año y número.',
  );
});

describe('a typed date', () => {
  const start = (value: string | null = null) => {
    const onchange = vi.fn();
    render(DateField, { label: 'Fecha', value, onchange });
    const [day, month, year] = screen.getAllByRole('spinbutton');
    return { onchange, day: day!, month: month!, year: year! };
  };
  for (const [name, keys, want] of [
    ['in full', '19112026', '2026-11-19'],
    ['without noughts', '5/3/2027', '2027-03-05'],
    ['"4" can only be the 4th', '4122026', '2026-12-04'],
    ['the 31st of a short month is its last day', '31022027', '2027-02-28'],
  ] as const)
    test(name, async () => {
      const { day, onchange } = start();
      day.focus();
      await user.keyboard(keys);
      expect(onchange.mock.calls.at(-1)).toEqual([want]);
    });
  for (const [name, before, keys, want] of [
    ['the 31st, over a date of a shorter month', '2026-04-08', '31032026', '2026-03-31'],
    ['the 29th of February, over one of a year without it', '2026-02-10', '29022028', '2028-02-29'],
  ] as const)
    test(name, async () => {
      const { day, onchange } = start(before);
      day.focus();
      await user.keyboard(keys);
      expect(onchange.mock.calls.at(-1)).toEqual([want]);
    });
  test('an answer that comes meanwhile does not take back the parts already typed', async () => {
    const onchange = vi.fn();
    const { rerender } = render(DateField, { label: 'Fecha', value: '2026-03-26', onchange });
    screen.getAllByRole('spinbutton')[0]!.focus();
    await user.keyboard('1504');
    await rerender({ value: '2026-03-27' });
    await user.keyboard('2027');
    expect(onchange.mock.calls.at(-1)).toEqual(['2027-04-15']);
    // Left, by the calendar's button, it says what there is.
    await user.tab();
    await user.tab();
    await rerender({ value: '2028-01-31' });
    expect(screen.getAllByRole('spinbutton').map((part) => part.textContent)).toEqual(['31', 'ene', '2028']);
  });
  test('once left, what it shows is what it is', async () => {
    const { day, month, onchange } = start('2026-04-08');
    day.focus();
    await user.keyboard('31');
    month.blur(); // a full day hands on the keys
    month.focus();
    await user.keyboard('03');
    expect(onchange.mock.calls.at(-1)).toEqual(['2026-03-30']);
  });
  test('goes up and down, and over the end', async () => {
    const { day, month, onchange } = start('2026-12-31');
    month.focus();
    await user.keyboard('{ArrowUp}');
    expect(onchange.mock.calls.at(-1)).toEqual(['2026-01-31']);
    day.focus();
    await user.keyboard('{ArrowDown}');
    expect(onchange.mock.calls.at(-1)).toEqual(['2026-01-30']);
  });
  test('cleared has no value and keeps the rest', async () => {
    const { month, onchange } = start('2026-12-31');
    month.focus();
    await user.keyboard('{Backspace}');
    expect(onchange.mock.calls).toEqual([[null]]);
    expect(screen.getAllByRole('spinbutton').map((one) => one.textContent)).toEqual(['31', 'mes', '2026']);
  });
  test('pasted', async () => {
    const { day, onchange } = start();
    day.focus();
    await user.paste('19/11/2026');
    expect(onchange.mock.calls).toEqual([['2026-11-19']]);
  });
});

test('a typed time', async () => {
  const onchange = vi.fn();
  render(TimeField, { label: 'Hora', value: null, onchange });
  screen.getAllByRole('spinbutton')[0]!.focus();
  await user.keyboard('9:05');
  expect(onchange.mock.calls.at(-1)).toEqual(['09:05']);
});

describe('a typed number', () => {
  for (const [keys, want] of [
    ['15', 15],
    ['150', 150],
    ['150,00', 150],
    ['999', 480],
    ['-3', 0],
    ['abc', null],
  ] as const)
    test(keys, async () => {
      const onchange = vi.fn();
      render(NumberInput, { label: 'Duración', value: 7, min: 0, max: 480, onchange });
      await user.clear(screen.getByRole('spinbutton'));
      await user.type(screen.getByRole('spinbutton'), keys);
      await user.tab();
      expect(onchange.mock.calls).toEqual([[want]]);
    });
});

test('a number that comes while the cursor waits is replaced by what is typed, not run into', async () => {
  const onchange = vi.fn();
  const { rerender } = render(NumberInput, { label: 'Monto', value: null, onchange });
  await user.click(screen.getByRole('spinbutton'));
  await rerender({ value: 7 });
  expect(screen.getByRole<HTMLInputElement>('spinbutton').value).toBe('7');
  await user.keyboard('15');
  await user.tab();
  expect(onchange.mock.calls).toEqual([[15]]);
});

describe('a written number', () => {
  for (const [written, decimals, language, want] of [
    ['150.000', 0, 'es', 150_000],
    ['1.234.567', 0, 'es', 1_234_567],
    ['150,000', 0, 'es', 'ambiguous'],
    ['1,234,567', 0, 'es', 1_234_567],
    ['150,000', 0, 'en', 150_000],
    ['150.000', 0, 'en', 'ambiguous'],
    ['1.5', 0, 'es', 'not_whole'],
    ['1,5', 0, 'es', 'not_whole'],
    ['15.00', 0, 'es', 15],
    ['0.500', 2, 'es', 0.5],
    ['1,5', 2, 'es', 1.5],
    ['1.5', 2, 'es', 1.5],
    ['1.500', 2, 'es', 1500],
    ['1.500,25', 2, 'es', 1500.25],
    ['1,500.25', 2, 'es', 1500.25],
    ['1,500', 2, 'es', 'ambiguous'],
    ['1.500', 3, 'es', 'ambiguous'],
    ['1,2345', 2, 'es', 'not_whole'],
    ['1.50.000', 0, 'es', 'unreadable'],
    ['0.150', 0, 'es', 'not_whole'],
    ['1-5', 0, 'es', 'unreadable'],
    ['-1.500', 0, 'es', -1500],
    ['', 0, 'es', null],
  ] as const)
    test(`${written}, ${decimals} decimals, ${language}`, () => {
      const read = readNumber(written, decimals, language);
      expect('value' in read ? read.value : read.refused).toBe(want);
    });

  test('refused stays in sight and is told at its field, until it is written anew', async () => {
    const onchange = vi.fn();
    render(NumberInput, { label: 'Monto', value: 7, onchange });
    const field = screen.getByRole<HTMLInputElement>('spinbutton');
    await user.clear(field);
    await user.type(field, '150,000');
    await user.tab();
    expect([field.value, field.getAttribute('aria-invalid'), onchange.mock.calls]).toEqual(['150,000', 'true', []]);
    expect(held(document.body)).toBe(true);
    await user.clear(field);
    await user.type(field, '150.000');
    expect(field.getAttribute('aria-invalid')).toBe(null);
    // Asked for while the keys are still in it: it is taken, and nothing is held.
    expect(held(document.body)).toBe(false);
    expect([field.value, onchange.mock.calls]).toEqual(['150000', [[150_000]]]);
  });
});

test('what is no part of a number does not come into its field', async () => {
  render(NumberInput, { label: 'Votos', value: null });
  const field = screen.getByRole<HTMLInputElement>('spinbutton');
  await user.type(field, '1O');
  expect(field.value).toBe('1');
  await user.clear(field);
  await user.type(field, 'diez');
  expect(field.value).toBe('');
});

test('people are found by any word, without accents', async () => {
  const onchange = vi.fn();
  const options = [
    { value: 'a', label: 'Óscar Peña Muñoz', detail: 'Salud' },
    { value: 'b', label: 'María José de la Rosa-Núñez', detail: 'Hacienda' },
  ];
  render(Combobox, { label: 'Responsable', options, onchange });
  await user.type(screen.getByRole('combobox', { name: 'Responsable' }), 'hacienda nunez');
  expect(screen.getAllByRole('option', { hidden: true }).map((one) => one.textContent?.trim())).toEqual([
    'María José de la Rosa-NúñezHacienda',
  ]);
  await user.keyboard('{ArrowDown}{Enter}');
  expect(onchange.mock.calls).toEqual([['b']]);
});

test('who is chosen already stays chosen when typed and chosen again; emptied, nobody is', async () => {
  const onchange = vi.fn();
  render(Combobox, {
    label: 'Secretaría',
    options: [{ value: 'a', label: 'Óscar Peña' }],
    value: 'a',
    optional: true,
    onchange,
  });
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: /Secretaría/ });
  await user.clear(field);
  await user.type(field, 'peña{ArrowDown}{Enter}');
  expect(onchange.mock.calls.filter(([value]) => value === null)).toEqual([]);
  await vi.waitFor(() => expect(field.value).toBe('Óscar Peña'));
  await user.clear(field);
  await user.tab();
  expect(onchange.mock.lastCall).toEqual([null]);
});

describe('what is typed in a choice and left', () => {
  const options = [
    { value: 'a', label: 'Óscar Peña Muñoz', detail: 'Salud' },
    { value: 'b', label: 'Óscar Peña' },
    { value: 'c', label: 'Ana Ríos', disabled: true },
  ];
  const leave = async (typed: string, given: object = {}) => {
    const onchange = vi.fn();
    render(Combobox, { label: 'Responsable', options, onchange, ...given });
    const input = screen.getByRole<HTMLInputElement>('combobox', { name: /^Responsable/ });
    await user.clear(input);
    if (typed) await user.type(input, typed);
    await user.tab();
    const told = (input.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
    return {
      input,
      onchange,
      shown: input.value,
      error: told.map((id) => document.getElementById(id)?.textContent?.trim()).join(' '),
      blocks: !input.validity.valid,
    };
  };
  const NOT_LISTED = 'No está en la lista';
  const NOT_CHOSEN = 'Falta elegirlo en la lista';
  for (const [name, typed, given, shown, error, chosen] of [
    ['a name of the list is chosen, accents and case aside', 'oscar pena', {}, 'Óscar Peña', '', [['b']]],
    ['words of several stay', 'peña', {}, 'peña', NOT_CHOSEN, []],
    ['words of one only stay', 'muñoz', {}, 'muñoz', NOT_CHOSEN, []],
    ['a name that cannot be chosen stays', 'Ana Ríos', {}, 'Ana Ríos', NOT_CHOSEN, []],
    ['words of none stay', 'Zoilo Cruz', {}, 'Zoilo Cruz', NOT_LISTED, []],
    ['beside what was chosen before, too', 'Zoilo Cruz', { value: 'b' }, 'Zoilo Cruz', NOT_LISTED, []],
    ['its own error gives way', 'Zoilo', { error: 'Falta' }, 'Zoilo', NOT_LISTED, []],
    ['nothing takes an optional value off', '', { value: 'b', optional: true }, '', '', [[null]]],
    ['nothing leaves another as it was', '', { value: 'b' }, 'Óscar Peña', '', []],
  ] as const)
    test(name, async () => {
      const left = await leave(typed, given);
      expect([left.shown, left.error, left.onchange.mock.calls]).toEqual([shown, error, chosen]);
      expect(left.blocks).toBe(error !== '');
    });
  test('what is not listed is said, and registered where it can be', async () => {
    const run = vi.fn(() => Promise.resolve('z'));
    const left = await leave('Zoilo Cruz', { create: { label: (name: string) => `Registrar a «${name}»`, run } });
    expect(said.text).toBe(`Responsable: ${NOT_LISTED}`);
    await user.click(screen.getByRole('button', { name: 'Registrar a «Zoilo Cruz»' }));
    expect([run.mock.calls, left.onchange.mock.calls]).toEqual([[['Zoilo Cruz']], [['z']]]);
    expect([left.input.value, left.input.validity.valid]).toEqual(['Zoilo Cruz', true]);
    expect(document.activeElement).toBe(left.input);
  });
  test('a refusal to register is said, and the words stay', async () => {
    const run = () => Promise.reject(new Error('Ya hay una persona con ese nombre.'));
    const left = await leave('Zoilo Cruz', { create: { label: (name: string) => name, run } });
    await user.click(screen.getByRole('button', { name: 'Zoilo Cruz' }));
    const told = left.input.getAttribute('aria-describedby') ?? '';
    expect(document.getElementById(told)?.textContent?.trim()).toBe('Ya hay una persona con ese nombre.');
    expect(left.input.value).toBe('Zoilo Cruz');
  });
  test('beside names that match, nobody is registered by Enter', async () => {
    const create = { label: (name: string) => `Registrar a «${name}»`, run: vi.fn() };
    const onchange = vi.fn();
    render(Combobox, { label: 'Responsable', options, onchange, create });
    await user.type(screen.getByRole('combobox', { name: 'Responsable' }), 'muñoz{ArrowDown}{Enter}');
    expect([create.run.mock.calls, onchange.mock.calls]).toEqual([[], [['a']]]);
  });
  test('who has that very name is not registered again', async () => {
    const create = { label: (name: string) => `Registrar a «${name}»`, run: vi.fn() };
    render(Combobox, { label: 'Responsable', options, create });
    await user.type(screen.getByRole('combobox', { name: 'Responsable' }), 'óscar peña');
    expect(screen.queryByText(/Registrar/)).toBeNull();
  });
});

describe.each(['dialog', 'alertdialog'] as const)('a %s that is left', (role) => {
  const start = (field: string, given: object = {}) => {
    const onclose = vi.fn();
    const common = {
      open: true,
      title: 'Nueva sesión',
      children: createRawSnippet(() => ({ render: () => `<div>${field}</div>` })),
      ...given,
    };
    if (role === 'dialog') render(Dialog, { ...common, onclose });
    else render(AlertDialog, { ...common, confirm: 'Crear', onconfirm: vi.fn(), oncancel: onclose });
    return { onclose, field: screen.getByRole('textbox') };
  };
  const asked = () => screen.queryByRole('group', { name: '¿Descartar lo escrito?' }) !== null;
  const FIELD = '<input aria-label="Lugar" value="Sala">';
  for (const [name, field, given, keys, asks] of [
    ...(role === 'dialog' ? [['what stays in it, at once', FIELD, { keeps: true }, 'x', false] as const] : []),
    ['untouched, at once', FIELD, {}, '', false],
    ['written in, after asking', FIELD, {}, 'x', true],
    ['as it was again, at once', FIELD, {}, 'x{Backspace}', false],
    ['what keeps itself, at once', '<input aria-label="Razón" data-kept>', {}, 'x', false],
    ['a long text, after asking', '<textarea aria-label="Texto"></textarea>', {}, 'x', true],
  ] as const)
    test(name, async () => {
      const { field: box, onclose } = start(field, given);
      box.focus();
      if (keys) await user.keyboard(keys);
      await user.keyboard('{Escape}');
      expect([asked(), onclose.mock.calls.length]).toEqual(asks ? [true, 0] : [false, 1]);
    });
  test('asked, the safe answer has the keys and gives them back; the other one leaves', async () => {
    const { field, onclose } = start(FIELD);
    field.focus();
    await user.keyboard('x{Escape}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Seguir'));
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(field));
    expect(asked()).toBe(false);
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Seguir'));
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(document.activeElement).toBe(field));
    expect(onclose).not.toHaveBeenCalled();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Descartar' }));
    expect(onclose).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(screen.queryByRole(role)).toBeNull());
  });
});

test('a tab is chosen by click and arrows, not by the focus that comes back to it', async () => {
  const onchange = vi.fn();
  render(Tabs, {
    label: 'Vistas',
    tabs: ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() })),
    value: 'a',
    onchange,
    children: createRawSnippet(() => ({ render: () => '<p></p>' })),
  });
  const tab = (name: string) => screen.getByRole('tab', { name });
  tab('B').focus();
  expect(onchange).not.toHaveBeenCalled();
  tab('A').focus();
  await user.keyboard('{ArrowRight}');
  expect(onchange.mock.calls).toEqual([['b']]);
  await user.keyboard('{End}');
  await user.click(tab('A'));
  expect(onchange.mock.calls).toEqual([['b'], ['c'], ['a']]);
});

describe('a table', () => {
  const rows = [
    { id: 'a', name: 'Zúñiga', votes: 2 },
    { id: 'b', name: 'Álvarez', votes: 10 },
    { id: 'c', name: 'Ñáñez', votes: null },
  ];
  type Row = (typeof rows)[number];
  const start = (given: object = {}) =>
    render(Table<Row>, {
      label: 'Puestos',
      rows,
      key: (row: Row) => row.id,
      columns: [
        { id: 'name', label: 'Nombre', value: (row: Row) => row.name, sortable: true },
        { id: 'votes', label: 'Votos', value: (row: Row) => row.votes, sortable: true },
      ],
      ...given,
    });
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.firstElementChild?.textContent);

  test('is ordered by its heads, what is missing at the end', async () => {
    start();
    await user.click(screen.getByRole('button', { name: 'Nombre' }));
    expect(names()).toEqual(['Álvarez', 'Ñáñez', 'Zúñiga']);
    expect(screen.getByRole('columnheader', { name: 'Nombre' }).getAttribute('aria-sort')).toBe('ascending');
    await user.click(screen.getByRole('button', { name: 'Votos' }));
    expect(names()).toEqual(['Zúñiga', 'Álvarez', 'Ñáñez']);
  });
  test('a row that gets the focus back keeps what was selected meanwhile', async () => {
    const onselect = vi.fn();
    const { rerender } = start({ onselect, selected: 'a' });
    const focused = () => document.activeElement?.firstElementChild?.textContent;
    const row = screen.getByRole('row', { name: /Zúñiga/ });
    row.focus();
    row.blur(); // a dialog opens, and a person is made in it
    await rerender({ selected: 'd' });
    row.focus();
    expect(onselect).not.toHaveBeenCalled();
    await rerender({ rows: [...rows, { id: 'd', name: 'Benítez', votes: 0 }] });
    expect(focused()).toBe('Benítez');
    expect(onselect).not.toHaveBeenCalled();
  });
  test('has one tab stop; arrows move, Enter opens', async () => {
    const onopen = vi.fn();
    const onselect = vi.fn();
    start({ onopen, onselect });
    expect(screen.getAllByRole('row').filter((row) => row.tabIndex === 0)).toHaveLength(1);
    screen.getAllByRole('row')[1]!.focus();
    await user.keyboard('{ArrowDown}');
    await new Promise((done) => requestAnimationFrame(done));
    expect(onselect).toHaveBeenLastCalledWith(rows[1]);
    expect(document.activeElement?.textContent).toContain('Álvarez');
    await user.keyboard('{End}{Enter}');
    await new Promise((done) => requestAnimationFrame(done));
    await user.keyboard('{Enter}');
    expect(onopen).toHaveBeenLastCalledWith(rows[2]);
  });
  test('keys of a row go first', async () => {
    const onkey = vi.fn((event: KeyboardEvent) => event.key === 'f');
    start({ onkey });
    screen.getAllByRole('row')[1]!.focus();
    await user.keyboard('f');
    expect(onkey.mock.results[0]?.value).toBe(true);
  });
});

test('an item moved by key is said, with where it hangs', async () => {
  type Point = { id: string; name: string; level: number };
  const items: Point[] = [
    { id: 'a', name: 'Quórum', level: 0 },
    { id: 'b', name: 'Proyectos', level: 0 },
    { id: 'c', name: 'Humedales', level: 1 },
  ];
  const onorder = vi.fn();
  render(SortableList<Point>, {
    label: 'Orden del día',
    items,
    key: (item: Point) => item.id,
    name: (item: Point) => item.name,
    level: (item: Point) => item.level,
    deepest: 1,
    onorder,
    children: createRawSnippet<[Point, number]>((item) => ({ render: () => `<span>${item().name}</span>` })),
  });
  screen.getAllByRole('listitem')[1]!.focus();
  await user.keyboard('{Alt>}{ArrowUp}{/Alt}');
  expect(onorder.mock.calls).toEqual([
    [
      [
        { id: 'b', level: 0 },
        { id: 'c', level: 1 },
        { id: 'a', level: 0 },
      ],
      { id: 'b', parent: null, position: 1 },
    ],
  ]);
  expect(said.text).toBe('Proyectos, ahora 1 de 2.');
});

test('a lost quorum is said, not only coloured', async () => {
  const { rerender } = render(QuorumGauge, { present: 9, seats: 16, minimum: 9, holds: true });
  expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('9 de 16 presentes, mínimo 9. Hay quórum.');
  expect(said.text).toBe('');
  await rerender({ present: 8, holds: false });
  flushSync();
  expect(said.text).toBe('Sin quórum. 8 de 16 presentes.');
});

test('a vote that cannot be given says why', async () => {
  const onvote = vi.fn();
  const { rerender } = render(VoteKeys, { name: 'Ana', value: null, why: 'No está presente', onvote });
  await user.click(screen.getByRole('button', { name: 'En contra' }));
  expect(onvote).not.toHaveBeenCalled();
  await rerender({ why: undefined });
  await user.click(screen.getByRole('button', { name: 'En contra' }));
  expect(onvote.mock.calls).toEqual([['against']]);
});

describe('calendar days', () => {
  test('weeks begin on Monday and are six', () => {
    const weeks = weeksOf(2026, 11);
    expect([weeks.length, weeks[0]?.[0]?.toString(), weeks[5]?.[6]?.toString()]).toEqual([
      6,
      '2026-10-26',
      '2026-12-06',
    ]);
  });
  for (const [key, shift, want] of [
    ['ArrowDown', false, '2026-02-07'],
    ['PageDown', false, '2026-02-28'],
    ['PageUp', true, '2025-01-31'],
    ['Home', false, '2026-01-26'],
    ['End', false, '2026-02-01'],
    ['x', false, undefined],
  ] as const)
    test(`${shift ? 'Shift ' : ''}${key} from 31 January`, () =>
      expect(moveBy(readDate('2026-01-31')!, key, shift)?.toString()).toBe(want));
  test('what is no date is none', () =>
    expect([readDate('2026-02-30'), readDate('hoy'), readDate(null)]).toEqual([null, null, null]));
});
