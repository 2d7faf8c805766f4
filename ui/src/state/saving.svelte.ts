import { untrack } from 'svelte';
import { call, Failure, type CallName, type ReplyOf, type Request } from '../backend';
import { notices } from './notices.svelte';

class Saving {
  /** Acts on their way. */
  pending = $state(0);
  /** When the last act was written. */
  savedAt = $state.raw<Date>();
  /** The last act that could not be written, until it is done again or replaced by one that could. */
  failed = $state.raw<{ failure: Failure; retry: () => void }>();
}

/** What the status bar says about saving. */
export const saving = new Saving();

/**
 * Makes a call that writes, and lets the status bar say so. Throws the {@link Failure}, for the screen to show it
 * beside what failed.
 */
export async function act<N extends CallName>(name: N, request: Request<N>): Promise<ReplyOf<N>> {
  untrack(() => (saving.pending += 1));
  try {
    const reply = await call(name, request);
    saving.savedAt = new Date();
    saving.failed = undefined;
    untrack(() => notices.succeeded());
    return reply;
  } catch (thrown) {
    const failure = Failure.from(thrown);
    // A refusal is answered where it was asked; only what could not be written is the status bar's matter.
    if (UNWRITTEN.has(failure.code)) {
      saving.failed = { failure, retry: () => void act(name, request).catch(() => undefined) };
    }
    throw failure;
  } finally {
    saving.pending -= 1;
  }
}

const UNWRITTEN: ReadonlySet<Failure['code']> = new Set([
  'io',
  'disk_full',
  'read_only',
  'in_use',
  'network_folder',
  'internal',
  'unreachable',
]);
