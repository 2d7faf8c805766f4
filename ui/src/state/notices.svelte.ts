import { untrack } from 'svelte';

export interface Notice {
  id: number;
  text: string;
  /** Errors stay until they are dismissed, another act is done or the screen is left. */
  kind: 'info' | 'error';
  /** When it was said, in milliseconds of the window's clock. */
  since: number;
  action?: { label: string; run: () => void };
}

const LIMIT = 3;
/** Long enough to be read: what saves itself while the person types must not take an error away at once. */
const READ_MS = 2000;

class Notices {
  list = $state<Notice[]>([]);
  #next = 1;

  /** One line at the bottom right, with at most one action. Not for what the screen already shows. */
  add(text: string, options: { kind?: Notice['kind']; action?: Notice['action'] } = {}): number {
    const id = this.#next++;
    const notice: Notice = { id, text, kind: options.kind ?? 'info', since: performance.now() };
    if (options.action) notice.action = options.action;
    // Whoever tells from an effect must not depend on what is told.
    untrack(() => (this.list = [...this.list, notice].slice(-LIMIT)));
    return id;
  }

  /** Something was done since: the errors that were there to be read are past. */
  succeeded(): void {
    const now = performance.now();
    const kept = this.list.filter((notice) => notice.kind !== 'error' || now - notice.since < READ_MS);
    if (kept.length !== this.list.length) this.list = kept;
  }

  /** The screen they spoke of was left. */
  left(): void {
    this.list = this.list.filter((notice) => notice.kind !== 'error');
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();

class Said {
  text = $state('');
}

/** What the polite live region reads; the frame holds it. */
export const said = new Said();

/** Says something to those who hear the screen. The same words twice are said twice. */
export function say(text: string): void {
  untrack(() => (said.text = said.text === text ? `${text}\u200b` : text));
}
