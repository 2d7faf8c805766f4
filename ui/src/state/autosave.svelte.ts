import { act } from './saving.svelte';
import { Failure } from '../backend';

/** Idle time after which typed text is kept. */
export const IDLE_MS = 600;

const open = new Set<Autosave>();

/** Keeps everything being typed now: before another screen, and before the window closes. */
export async function flushAll(): Promise<void> {
  await Promise.allSettled([...open].map((field) => field.leave()));
}

/**
 * The text of one field. While it is typed it is kept as a draft after 600 ms without typing; when the field is
 * left it is committed, once, if it differs from what was committed before.
 */
export class Autosave {
  value = $state('');
  /** What could not be committed, to be shown under the field; the text stays in it. */
  error = $state.raw<Failure>();

  #key: string;
  #commit: (value: string) => Promise<unknown>;
  #committed: string;
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
    this.#committed = value;
    this.value = value;
  }

  /** The person typed. */
  type(value: string): void {
    this.value = value;
    open.add(this);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), IDLE_MS);
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
    if (!this.dirty) return;
    this.#drafted = true;
    // A draft that fails is told by the status bar; the text is still in the field.
    await act('save_draft', { key: this.#key, text: this.value }).catch(() => undefined);
  }

  async #commitNow(): Promise<void> {
    clearTimeout(this.#timer);
    const value = this.value;
    try {
      if (value !== this.#committed) {
        await this.#commit(value);
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
