import type { Touched } from '../generated/Touched';

/** What crosses the door for each call. */
export interface Reply {
  value: unknown;
  changed: Touched[];
}

/** What the door tells without being asked. */
export interface Events {
  /** Records were written, by this window or another. */
  changed: Touched[];
  /** The person's choices changed, in this window or another; `shell.state()` has them. */
  preferences: null;
  /** Files were given to the program; `shell.state()` has them. */
  'files-given': null;
  /** The desktop changed between light and dark. */
  'platform-theme': 'light' | 'dark';
  /** The window is about to close; answer with `shell.quit()`. */
  closing: null;
}

/** One of the two ways to the core. Both reject with a `{ code, message, details }`. */
export interface Transport {
  call(name: string, request: unknown): Promise<Reply>;
  command(name: string, given: Record<string, unknown>): Promise<unknown>;
  listen<E extends keyof Events>(event: E, told: (payload: Events[E]) => void): void;
}
