import { Failure } from '../backend';
import { language, t } from '../texts/index.svelte';
import { notices, say } from './notices.svelte';
import { act } from './saving.svelte';

/** Takes back the newest act, or the one of that journal entry, and offers to redo it. */
export async function undo(entry?: number): Promise<void> {
  await turn('undo', entry);
}

/** Takes back the newest undo. */
export async function redo(): Promise<void> {
  await turn('redo');
}

async function turn(name: 'undo' | 'redo', entry?: number): Promise<void> {
  try {
    const done = await act(name, entry === undefined ? {} : { entry });
    const text = done.message[language()];
    const action =
      name === 'undo'
        ? { label: t().frame.redo, run: () => void redo() }
        : { label: t().frame.undo, run: () => void undo() };
    notices.add(text, { action });
    say(text);
  } catch (thrown) {
    notices.add(Failure.from(thrown).message, { kind: 'error' });
  }
}

/** Says that something was done and offers to take it back. */
export function offerUndo(text: string, entry?: number): void {
  notices.add(text, { action: { label: t().frame.undo, run: () => void undo(entry) } });
}
