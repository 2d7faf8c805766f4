import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useTransport } from '../backend';
import { FormDraft, KEEP_MS } from './autosave.svelte';

describe('a form kept until it is recorded', () => {
  interface Fields {
    text: string;
    person: string | null;
  }
  const KEY = 'agenda_item/i-1/motion';
  const INITIAL: Fields = { text: '', person: null };
  let drafts: Map<string, string>;
  /** Until when the core's answer with what was kept takes. */
  let waiting: Promise<void>;
  let end: (() => void) | undefined;
  beforeEach(() => {
    vi.useFakeTimers();
    drafts = new Map();
    waiting = Promise.resolve();
    useTransport({
      call: async (name, request) => {
        const { key, text } = request as { key: string; text?: string | null };
        if (name === 'save_draft' && typeof text === 'string') drafts.set(key, text);
        else if (name === 'save_draft') drafts.delete(key);
        const kept = drafts.get(key);
        const value =
          name === 'get_draft' && kept !== undefined ? { key, text: kept, saved_at: '2026-03-26T13:20:00Z' } : null;
        if (name === 'get_draft') await waiting;
        return { value, changed: [] };
      },
      command: () => Promise.resolve(null),
      listen: () => undefined,
    });
  });
  afterEach(() => {
    end?.();
    vi.useRealTimers();
  });
  /** The form as it is after it was begun, and the screen goes when the next one starts. */
  async function begun(usable?: (kept: Fields) => Fields): Promise<FormDraft<Fields>> {
    end?.();
    let form: FormDraft<Fields> | undefined;
    end = $effect.root(() => {
      form = new FormDraft<Fields>(INITIAL);
    });
    await vi.advanceTimersByTimeAsync(0);
    if (!form) throw new Error('not made');
    await form.begin(KEY, INITIAL, usable);
    return form;
  }
  async function type(form: FormDraft<Fields>, text: string): Promise<void> {
    form.fields.text = text;
    await vi.advanceTimersByTimeAsync(KEEP_MS + 1);
  }

  test('what was typed is there again, and says when it was typed; the rest is as the form begins', async () => {
    const form = await begun();
    expect([form.fields, form.recovered, drafts.size]).toEqual([INITIAL, undefined, 0]);
    await type(form, 'Media');
    expect(drafts.size).toBe(1);
    const again = await begun((kept) => ({ ...kept, person: 'p-1' }));
    expect([again.fields, again.recovered]).toEqual([{ text: 'Media', person: 'p-1' }, '2026-03-26T13:20:00Z']);
  });
  test('left before the next beat, and begun at once, it is there', async () => {
    const form = await begun();
    form.fields.text = 'Media';
    void form.leave();
    await form.begin(KEY, INITIAL);
    expect(form.fields.text).toBe('Media');
  });
  test('recorded, or as it began, there is no draft', async () => {
    const form = await begun();
    await type(form, 'Media');
    await type(form, '');
    expect(drafts.size).toBe(0);
    await type(form, 'Media');
    await form.done();
    expect(drafts.size).toBe(0);
    expect((await begun()).recovered).toBeUndefined();
  });
  test('discarded it begins anew, and can be taken back until something is typed', async () => {
    await type(await begun(), 'Media');
    const form = await begun();
    form.discard();
    await vi.advanceTimersByTimeAsync(KEEP_MS + 1);
    expect([form.fields, form.recovered, form.discarded, drafts.size]).toEqual([INITIAL, undefined, true, 0]);
    form.restore();
    await vi.advanceTimersByTimeAsync(KEEP_MS + 1);
    expect([form.fields.text, form.discarded, drafts.size]).toEqual(['Media', false, 1]);
    form.discard();
    await type(form, 'Otra');
    expect(form.discarded).toBe(false);
  });
  describe('while what was kept is still being read', () => {
    /** A form whose kept fields come when `arrive` is called. */
    async function reading(): Promise<{ form: FormDraft<Fields>; arrive: () => Promise<void> }> {
      drafts.set(KEY, JSON.stringify({ text: 'Media', person: 'p-1' }));
      let come = () => {};
      const came = new Promise<void>((done) => (come = done));
      waiting = came;
      end?.();
      let form: FormDraft<Fields> | undefined;
      end = $effect.root(() => {
        form = new FormDraft<Fields>(INITIAL);
      });
      await vi.advanceTimersByTimeAsync(0);
      if (!form) throw new Error('not made');
      const begun = form.begin(KEY, INITIAL);
      await vi.advanceTimersByTimeAsync(0);
      return {
        form,
        arrive: () => {
          come();
          return begun;
        },
      };
    }
    const both = { text: 'Otra', person: 'p-1' };

    test('what is typed at the instant in which it comes stays, and the rest is as it was kept', async () => {
      const { form, arrive } = await reading();
      form.fields.text = 'Otra';
      await arrive();
      expect([form.fields, form.recovered]).toEqual([both, '2026-03-26T13:20:00Z']);
      await vi.advanceTimersByTimeAsync(KEEP_MS + 1);
      expect(JSON.parse(drafts.get(KEY) ?? '')).toEqual(both);
    });
    test('so does what was typed and kept before it came', async () => {
      const { form, arrive } = await reading();
      await type(form, 'Otra');
      await arrive();
      expect(form.fields).toEqual(both);
      await vi.advanceTimersByTimeAsync(KEEP_MS + 1);
      expect(JSON.parse(drafts.get(KEY) ?? '')).toEqual(both);
    });
    test('typed anew in all that was kept, nothing is recovered', async () => {
      const { form, arrive } = await reading();
      Object.assign(form.fields, { text: 'Otra', person: 'p-2' });
      await arrive();
      expect([form.fields, form.recovered]).toEqual([{ text: 'Otra', person: 'p-2' }, undefined]);
    });
  });
  test('a draft that cannot be read counts as none', async () => {
    drafts.set(KEY, '{"text":"Med');
    expect((await begun()).fields).toEqual(INITIAL);
  });
});
