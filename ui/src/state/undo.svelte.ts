import { Failure } from '../backend';
import { t } from '../texts/index.svelte';
import { notices, say } from './notices.svelte';
import { act } from './saving.svelte';

/** Names an act of the journal for the person; screens add theirs. */
const names: (() => Record<string, string>)[] = [];

/** Adds the names of acts (`cast_ballot` → "voto registrado"), as a function so that they follow the language. */
export function nameActs(given: () => Record<string, string>): void {
  names.push(given);
}

function nameOf(op: string): string {
  if (op === 'undo') return t().frame.lastUndone;
  for (const given of names) {
    const name = given()[op];
    if (name !== undefined) return name;
  }
  // Taken back from a screen that does not name it: as the history calls it.
  const told = t().history.ops[op];
  return told === undefined ? op.replaceAll('_', ' ') : told.charAt(0).toLowerCase() + told.slice(1);
}

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
    const text = name === 'undo' ? t().frame.undone(nameOf(done.op)) : t().frame.redone(nameOf(done.op));
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
