import { untrack } from 'svelte';
import { act } from './saving.svelte';
import { call, Failure } from '../backend';
import type { Draft } from '../generated/Draft';

/** Idle time after which what is chosen step by step (a date's parts, minutes) is written. */
export const IDLE_MS = 600;

/** The longest that typed text waits to be kept, also while the typing goes on: no more than this is ever lost. */
export const KEEP_MS = 300;

/** What keeps by itself the text of one field. */
export interface Kept {
  readonly value: string;
  /** What could not be kept, to be shown under the field. */
  readonly error?: Failure | undefined;
  /** The person typed. */
  type(value: string): void;
  /** The field was left. */
  leave(): Promise<void>;
}

const open = new Set<Kept>();

/** Keeps everything being typed now: before another screen, and before the window closes. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...open].map((field) => field.leave()));
}

/**
 * The text of one field. While it is typed it is kept as a draft, no later than 300 ms after each letter; when the field is
 * left it is committed, once, if it differs from what was committed before.
 */
export class Autosave implements Kept {
  value = $state('');
  /** What could not be committed, to be shown under the field; the text stays in it. */
  error = $state.raw<Failure>();

  #key: string;
  #commit: (value: string) => Promise<unknown>;
  #committed: string;
  /** What was committed before, since the core last told the text as it is here. */
  #before: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drafted = false;
  #leaving: Promise<void> | undefined;

  /**
   * `key` names the field for good (`agenda_item/ID/narrative`); `draft` is a text kept before a power cut, which
   * wins over the committed one.
   */
  constructor(given: {
    key: string;
    value: string;
    draft?: string | null;
    commit: (value: string) => Promise<unknown>;
  }) {
    this.#key = given.key;
    this.#commit = given.commit;
    this.#committed = given.value;
    this.value = given.draft ?? given.value;
    this.#drafted = given.draft !== undefined && given.draft !== null;
    if (this.dirty) open.add(this);
  }

  get dirty(): boolean {
    return this.value !== this.#committed;
  }

  /** The core's text changed by another way (undo, another window): take it unless the person is typing. */
  refresh(value: string): void {
    if (this.dirty || this.#leaving) return;
    // On a tired machine an answer asked before the last commit comes after it: it would take the text back.
    if (value !== this.#committed && this.#before.includes(value)) return;
    this.#before = [];
    this.#committed = value;
    this.value = value;
  }

  /** A draft from before a power cut was found: it wins, unless the person is typing. */
  restore(draft: string): void {
    if (this.dirty || this.#leaving || draft === this.#committed) return;
    this.value = draft;
    this.#drafted = true;
    open.add(this);
  }

  type(value: string): void {
    this.value = value;
    open.add(this);
    this.#timer ??= setTimeout(() => void this.#keep(), KEEP_MS);
  }

  /** The field was left: one entry in the journal, and the draft is forgotten. */
  leave(): Promise<void> {
    // Not at once: a field that goes with the focus in it is left while the page is being drawn, when nothing may change.
    this.#leaving ??= Promise.resolve()
      .then(() => this.#commitNow())
      .finally(() => (this.#leaving = undefined));
    return this.#leaving;
  }

  async #keep(): Promise<void> {
    this.#rest();
    if (!this.dirty) return;
    this.#drafted = true;
    // A draft that fails is told by the status bar; the text is still in the field.
    await act('save_draft', { key: this.#key, text: this.value }).catch(() => undefined);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #commitNow(): Promise<void> {
    this.#rest();
    const value = this.value;
    try {
      if (value !== this.#committed) {
        await this.#commit(value);
        this.#before.push(this.#committed);
        this.#committed = value;
      }
      this.error = undefined;
      if (this.#drafted && this.value === value) {
        this.#drafted = false;
        await act('save_draft', { key: this.#key, text: null }).catch(() => undefined);
      }
      if (!this.dirty) open.delete(this);
    } catch (thrown) {
      this.error = Failure.from(thrown);
      await this.#keep();
    }
  }
}

/** Drafts are written one after another, and read after those: the last word is the one that stays. */
let written: Promise<unknown> = Promise.resolve();
function write(key: string, text: string | null): Promise<unknown> {
  // A draft that fails is told by the status bar; the text is still in its field.
  written = written.then(() => act('save_draft', { key, text })).catch(() => undefined);
  return written;
}

/**
 * The text of a field that is written by an act of its own (a reason, an excuse): a draft until the act is done, so
 * that neither a power cut nor a dialog closed by mistake loses it.
 */
export class Jotted implements Kept {
  value = $state('');

  #key: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #kept = false;

  /** Begins what `key` names, with its draft when there is one and nothing was typed meanwhile. */
  async begin(key: string, initial = ''): Promise<void> {
    const draft = await this.read(key, initial);
    if (draft && this.value === initial) this.value = draft.text;
  }

  /** Begins what `key` names and gives its draft, when there is one, without taking it. */
  async read(key: string, initial = ''): Promise<Draft | undefined> {
    if (key === this.#key) return undefined;
    void this.leave();
    this.#key = key;
    this.#kept = false;
    this.value = initial;
    await written;
    // Without its draft the field is empty, as it was.
    const draft = await call('get_draft', { key }).catch(() => null);
    if (!draft || this.#key !== key) return undefined;
    // There is one to forget, also when what was typed meanwhile takes its place.
    this.#kept = true;
    return draft;
  }

  type(value: string): void {
    this.value = value;
    open.add(this);
    this.#timer ??= setTimeout(() => void this.leave(), KEEP_MS);
  }

  async leave(): Promise<void> {
    this.#rest();
    if (!open.delete(this) || this.#key === undefined) {
      await written;
      return;
    }
    this.#kept = this.value !== '';
    await write(this.#key, this.value === '' ? null : this.value);
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** The act was done: the draft is forgotten. */
  async done(): Promise<void> {
    this.#rest();
    open.delete(this);
    const key = this.#key;
    this.#key = undefined;
    this.value = '';
    if (this.#kept && key !== undefined) await write(key, null);
    this.#kept = false;
  }
}

/**
 * The fields of a form that one act writes, kept together as a draft until it is done: neither a power cut, nor
 * another screen, nor Esc loses what was typed. Make it while a component starts, and bind its `fields`.
 */
export class FormDraft<F extends object> {
  fields = $state() as F;
  /** When what is in the fields again was typed; undefined while they begin as the form does. */
  recovered = $state.raw<string>();
  /** Why the act was not done; what is typed again answers it. */
  failed = $state.raw<Failure | null>(null);

  #kept = new Jotted();
  #initial: F;
  /** What the fields hold, as kept. */
  #last: string;
  /** What was recovered and put away, to take it back. */
  #away = $state.raw<{ fields: F; at: string }>();

  constructor(empty: F) {
    this.fields = empty;
    this.#initial = empty;
    this.#last = JSON.stringify(empty);
    $effect(() => {
      const now = JSON.stringify(this.fields);
      untrack(() => {
        this.failed = null;
        this.#keep(now);
      });
    });
    // A screen that goes leaves its forms without closing them.
    $effect(() => () => void this.leave());
  }

  /** Begins the form that `key` names; `usable` mends, in what was kept, what holds no longer. */
  async begin(key: string, initial: F, usable: (kept: F) => F = (kept) => kept): Promise<void> {
    void this.leave();
    const kept = (this.#kept = new Jotted());
    this.#initial = initial;
    this.#set(initial);
    [this.recovered, this.#away, this.failed] = [undefined, undefined, null];
    const draft = await kept.read(key);
    if (!draft || this.#kept !== kept) return;
    const fields = fieldsOf<F>(draft.text);
    if (!fields) return;
    const found = usable({ ...initial, ...fields });
    const typed = changed(initial, this.fields);
    // What was typed while it was being read stays; the rest is as it was kept.
    if (Object.keys(typed).length === 0) this.#set(found);
    else this.fields = { ...found, ...typed };
    if (Object.keys(changed({ ...initial, ...typed }, this.fields)).length > 0) this.recovered = draft.saved_at;
  }

  /** What was recovered was put away, and nothing was typed since. */
  get discarded(): boolean {
    return this.#away !== undefined && JSON.stringify(this.fields) === JSON.stringify(this.#initial);
  }

  /** The form begins anew; until something is typed in it, {@link restore} takes it back. */
  discard(): void {
    if (this.recovered === undefined) return;
    this.#away = { fields: JSON.parse(JSON.stringify(this.fields)) as F, at: this.recovered };
    this.recovered = undefined;
    this.fields = structuredClone(this.#initial);
  }

  restore(): void {
    if (!this.#away) return;
    this.fields = this.#away.fields;
    this.recovered = this.#away.at;
    this.#away = undefined;
  }

  /** The form was left: what is in it is kept now. */
  leave(): Promise<void> {
    this.#keep(JSON.stringify(this.fields));
    return this.#kept.leave();
  }

  /** Makes the form's act; done, its draft is forgotten. Tells whether it was: otherwise {@link failed} says why not. */
  async record(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      await this.done();
      return true;
    } catch (thrown) {
      this.failed = Failure.from(thrown);
      return false;
    }
  }

  /** What is wrong in a field. */
  at(field: string): string | null {
    return this.failed?.field === field ? this.failed.message : null;
  }

  /** What is wrong in none of the fields that tell it. */
  elsewhere(...fields: string[]): Failure | null {
    return this.failed && !fields.includes(this.failed.field ?? '') ? this.failed : null;
  }

  /** The act was done: the draft is forgotten. */
  done(): Promise<void> {
    this.#last = JSON.stringify(this.fields);
    return this.#kept.done();
  }

  #set(fields: F): void {
    this.fields = structuredClone(fields);
    this.#last = JSON.stringify(fields);
  }

  #keep(now: string): void {
    if (now === this.#last) return;
    this.#last = now;
    this.#kept.type(now === JSON.stringify(this.#initial) ? '' : now);
  }
}

/** The fields that are no longer as they were. */
function changed<F extends object>(before: F, now: F): Partial<F> {
  const told = (of: F, field: string) => JSON.stringify(of[field as keyof F]);
  const copy = JSON.parse(JSON.stringify(now)) as F;
  const fields = Object.entries(copy).filter(([field]) => told(copy, field) !== told(before, field));
  return Object.fromEntries(fields) as Partial<F>;
}

/** A draft that is not one (cut short, of another version of the program) counts as none. */
function fieldsOf<F>(text: string): Partial<F> | null {
  try {
    const fields = JSON.parse(text) as Partial<F> | null;
    return typeof fields === 'object' ? fields : null;
  } catch {
    return null;
  }
}
