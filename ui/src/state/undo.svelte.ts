import { call, Failure } from '../backend';
import type { Change } from '../generated/Change';
import { language, t } from '../texts/index.svelte';
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

/** What a record is called by, the first that it has. */
const CALLED = ['short_title', 'title', 'full_name', 'name', 'activity', 'question', 'text'] as const;
const LONGEST = 60;

function words(change: Change): Record<string, unknown> {
  return change.after ?? change.before ?? {};
}

/**
 * Where an act was: its session and the record it touched, as "Sesión ordinaria n.º 1 de 2026, «Informe»". Nothing
 * when neither has a name. The key acts on any screen: what it took back may not be in sight.
 */
async function placeOf(seq: number): Promise<string | undefined> {
  const { changes } = await call('get_journal_entry', { seq });
  const id = changes
    .map((change) => (change.table === 'session' ? change.id : words(change)['session_id']))
    .find((one) => typeof one === 'string');
  const session =
    id === undefined
      ? undefined
      : (await call('list_sessions', { limit: 500 })).sessions.find((one) => one.id === id)?.name[language()];
  const own = changes
    .filter((change) => change.table !== 'session')
    .flatMap((change) => CALLED.map((name) => words(change)[name]))
    .find((one): one is string => typeof one === 'string' && one.trim() !== '');
  const called = own && (own.length > LONGEST ? `${own.slice(0, LONGEST).trimEnd()}…` : own);
  return [session, called && t().frame.quoted(called)].filter(Boolean).join(', ') || undefined;
}

async function turn(name: 'undo' | 'redo', entry?: number): Promise<void> {
  try {
    const done = await act(name, entry === undefined ? {} : { entry });
    // Done is done: when its place cannot be told, the act alone is named.
    const where = await placeOf(done.entry).catch(() => undefined);
    const what = where === undefined ? nameOf(done.op) : `${nameOf(done.op)} (${where})`;
    const text = name === 'undo' ? t().frame.undone(what) : t().frame.redone(what);
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
