import { Failure } from '../backend';
import { notices } from './notices.svelte';
import { offerUndo } from './undo.svelte';

/** Waits for an act that has no field of its own: a refusal is shown as a notice. Tells whether it was done. */
export async function attempt(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (thrown) {
    notices.add(Failure.from(thrown).message, { kind: 'error' });
    return false;
  }
}

/** Waits for an act, says what it did and offers to take it back. */
export async function attemptUndoable(work: Promise<unknown>, done: string): Promise<boolean> {
  const made = await attempt(work);
  if (made) offerUndo(done);
  return made;
}
