import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Failure, useTransport } from '../backend';
import { Autosave, flushAll, Jotted, KEEP_MS } from './autosave.svelte';
import { isKey } from './keys.svelte';
import { notices } from './notices.svelte';
import { href, match } from './router.svelte';
import { act, saving } from './saving.svelte';
import { undo } from './undo.svelte';

let asked: [string, unknown][] = [];
let answer: (name: string) => unknown;
beforeEach(() => {
  asked = [];
  answer = () => null;
  useTransport({
    call: async (name, request) => {
      asked.push([name, request]);
      return Promise.resolve({ value: await answer(name), changed: [] });
    },
    command: () => Promise.resolve(null),
    listen: () => undefined,
  });
});
afterEach(() => vi.useRealTimers());

describe('routes', () => {
  for (const [pattern, path, params] of [
    ['/hoy', '/hoy', {}],
    ['/hoy', '/hoy/', {}],
    ['/sesiones/:id/:step', '/sesiones/com-2026-4/acta', { id: 'com-2026-4', step: 'acta' }],
    ['/sesiones/:id', '/sesiones/a%2Fb', { id: 'a/b' }],
    ['/sesiones/:id', '/sesiones/%zz', { id: '%zz' }],
    ['/sesiones/:id', '/sesiones', undefined],
    ['/sesiones', '/sesiones/x', undefined],
    ['/sesiones/:id/acta', '/sesiones//acta', undefined],
  ] as const)
    test(`${pattern} ${path}`, () => expect(match(pattern, path)).toEqual(params));
  test('links escape what they carry', () => expect(href('/sesiones', 'a/b', 'acta')).toBe('#/sesiones/a%2Fb/acta'));
});

describe('keys', () => {
  const pressed = (key: string, held = '') =>
    new KeyboardEvent('keydown', {
      key,
      ctrlKey: held.includes('c'),
      altKey: held.includes('a'),
      shiftKey: held.includes('s'),
      metaKey: held.includes('m'),
    });
  for (const [key, held, combination, is] of [
    ['k', 'c', 'Ctrl+K', true],
    ['k', 'm', 'Ctrl+K', true],
    ['k', '', 'Ctrl+K', false],
    ['Z', 'cs', 'Ctrl+Shift+Z', true],
    ['Z', 'cs', 'Ctrl+Z', false],
    ['/', 'c', 'Ctrl+/', true],
    ['/', 'cs', 'Ctrl+/', true],
    [' ', '', 'Space', true],
    ['f', '', 'F', true],
    ['F1', '', 'F1', true],
    ['F6', 's', 'F6', false],
    ['F6', 's', 'Shift+F6', true],
    ['ArrowLeft', 'a', 'Alt+ArrowLeft', true],
    ['PageUp', 'a', 'Alt+PageUp', true],
    ['+', 'c', 'Ctrl++', true],
  ] as const)
    test(`${held} ${key} is ${is ? '' : 'not '}${combination}`, () =>
      expect(isKey(pressed(key, held), combination)).toBe(is));
});

describe('saving', () => {
  test('says when it was saved', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-19T15:14:00Z') });
    const doing = act('undo', {});
    expect(saving.pending).toBe(1);
    await doing;
    expect([saving.pending, saving.savedAt, saving.failed]).toEqual([0, new Date('2026-11-19T15:14:00Z'), undefined]);
  });
  test('a refusal is the screen’s matter; what was not written can be tried again', async () => {
    answer = () => {
      throw new Failure('rule_forbids', 'No hay quórum.');
    };
    await expect(act('undo', {})).rejects.toMatchObject({ code: 'rule_forbids' });
    expect(saving.failed).toBeUndefined();
    answer = () => {
      throw new Failure('disk_full', 'Disco lleno.');
    };
    await expect(act('undo', { entry: 4 })).rejects.toMatchObject({ code: 'disk_full' });
    expect(saving.failed?.failure.message).toBe('Disco lleno.');
    answer = () => null;
    saving.failed?.retry();
    await vi.waitFor(() => expect(saving.failed).toBeUndefined());
    expect(asked.at(-1)).toEqual(['undo', { entry: 4 }]);
  });
});

describe('text being typed', () => {
  const field = (given: { draft?: string; commit?: (value: string) => Promise<unknown> } = {}) => {
    const commit = vi.fn(given.commit ?? (() => Promise.resolve()));
    return {
      commit,
      autosave: new Autosave({
        key: 'agenda_item/i-1/narrative',
        value: 'uno',
        commit,
        ...(given.draft === undefined ? {} : { draft: given.draft }),
      }),
    };
  };
  test('an answer asked before the last commit does not take the text back; an undo does', async () => {
    const { autosave } = field();
    for (const typed of ['dos', 'tres']) {
      autosave.type(typed);
      await autosave.leave();
    }
    for (const late of ['uno', 'dos']) {
      autosave.refresh(late);
      expect(autosave.value).toBe('tres');
    }
    autosave.refresh('tres');
    autosave.refresh('dos');
    expect(autosave.value).toBe('dos');
  });
  test('is kept while the typing goes on: never more than 300 ms of it are lost', async () => {
    vi.useFakeTimers();
    const { autosave } = field();
    const jotted = new Jotted();
    void jotted.begin('excuse/e-1');
    const kept = (key: string) =>
      asked.findLast(([name, given]) => name === 'save_draft' && (given as { key: string }).key === key)?.[1];
    let typed = '';
    // A letter each 80 ms, without a rest.
    for (let at = 0; at < 40; at += 1) {
      typed += 'a';
      autosave.type(typed);
      jotted.type(typed);
      await vi.advanceTimersByTimeAsync(80);
      for (const key of ['agenda_item/i-1/narrative', 'excuse/e-1']) {
        const text = (kept(key) as { text: string } | undefined)?.text ?? '';
        expect((typed.length - text.length) * 80, `${key} after ${at} letters`).toBeLessThanOrEqual(KEEP_MS + 80);
      }
    }
    expect(KEEP_MS).toBe(300);
  });
  test('is kept as a draft when the typing stops, and committed once when the field is left', async () => {
    vi.useFakeTimers();
    const { autosave, commit } = field();
    autosave.type('uno d');
    await vi.advanceTimersByTimeAsync(KEEP_MS - 1);
    expect(asked).toEqual([]);
    autosave.type('uno dos');
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual([['save_draft', { key: 'agenda_item/i-1/narrative', text: 'uno dos' }]]);
    await autosave.leave();
    await autosave.leave();
    expect(commit.mock.calls).toEqual([['uno dos']]);
    expect(asked.at(-1)).toEqual(['save_draft', { key: 'agenda_item/i-1/narrative', text: null }]);
  });
  test('left before the typing stops is committed without a draft', async () => {
    vi.useFakeTimers();
    const { autosave, commit } = field();
    autosave.type('dos');
    await autosave.leave();
    await vi.advanceTimersByTimeAsync(KEEP_MS * 2);
    expect([commit.mock.calls, asked]).toEqual([[['dos']], []]);
  });
  test('unchanged is not committed', async () => {
    const { autosave, commit } = field();
    await autosave.leave();
    expect(commit).not.toHaveBeenCalled();
  });
  test('refused stays in the field, is kept as a draft, and says why', async () => {
    const { autosave } = field({ commit: () => Promise.reject(new Failure('invalid_input', 'Es muy largo.')) });
    autosave.type('dos');
    await autosave.leave();
    expect([autosave.value, autosave.error?.message]).toEqual(['dos', 'Es muy largo.']);
    expect(asked).toEqual([['save_draft', { key: 'agenda_item/i-1/narrative', text: 'dos' }]]);
    autosave.refresh('otro');
    expect(autosave.value).toBe('dos');
  });
  test('a draft from before a power cut wins, and is committed with all else before the window closes', async () => {
    const { autosave, commit } = field({ draft: 'uno y medio' });
    expect(autosave.value).toBe('uno y medio');
    await flushAll();
    expect(commit.mock.calls).toEqual([['uno y medio']]);
  });
  test('the core’s text is taken while nobody types', () => {
    const { autosave } = field();
    autosave.refresh('tres');
    expect([autosave.value, autosave.dirty]).toEqual(['tres', false]);
  });
});

describe('undo', () => {
  beforeEach(() => (notices.list = []));
  test('names what was taken back and offers to redo it', async () => {
    const fact = { es: 'Llega Ana Pérez, a las 8:12 a. m.', en: 'Arrives Ana Pérez, at 8:12 AM' };
    const message = { es: `Se deshizo: ${fact.es}`, en: `Undone: ${fact.en}` };
    answer = () => ({ entry: 7, op: 'record_event', fact, message });
    await undo();
    expect(notices.list.map((notice) => [notice.text, notice.action?.label])).toEqual([
      ['Se deshizo: Llega Ana Pérez, a las 8:12 a. m.', 'Rehacer'],
    ]);
    notices.list[0]?.action?.run();
    await vi.waitFor(() => expect(asked.at(-1)?.[0]).toBe('redo'));
  });
  test('refused says the reason and stays', async () => {
    answer = () => {
      throw new Failure('stale', 'El registro cambió después.');
    };
    await undo(3);
    expect(asked).toEqual([['undo', { entry: 3 }]]);
    expect(notices.list.map((notice) => [notice.kind, notice.text])).toEqual([
      ['error', 'El registro cambió después.'],
    ]);
  });
});
