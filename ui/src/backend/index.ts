/**
 * The only door to the core and to the desktop. `call(name, request)` is typed by what the core wrote in
 * `generated/calls.ts`; `shell` is what only a desktop program can do.
 */
import type { Calls } from '../generated/calls';
import type { Touched } from '../generated/Touched';
import { Failure } from './failure';
import { http } from './http';
import { tauri } from './tauri';
import type { Transport } from './transport';

export { Failure } from './failure';
export * as shell from './shell';
export type { Touched } from '../generated/Touched';
export type { Calls } from '../generated/calls';

export type CallName = keyof Calls;
export type Request<N extends CallName> = Calls[N]['request'];
export type ReplyOf<N extends CallName> = Calls[N]['reply'];

let chosen: Transport = '__TAURI_INTERNALS__' in globalThis ? tauri : http;

/** The transport in use. */
export function transport(): Transport {
  return chosen;
}

/** Replaces the transport: for tests and the gallery of parts. */
export function useTransport(other: Transport): void {
  chosen = other;
  asked.clear();
  watching = false;
  told.clear();
}

/** Makes a call of the core. Throws a {@link Failure}; nothing has changed then. */
export async function call<N extends CallName>(name: N, request: Request<N>): Promise<ReplyOf<N>> {
  try {
    const reply = await chosen.call(name, request);
    if (reply.changed.length > 0) tell(reply.changed, 'reply');
    return reply.value as ReplyOf<N>;
  } catch (thrown) {
    throw Failure.from(thrown);
  }
}

/** Questions on their way. */
const asked = new Map<string, Promise<unknown>>();

/** Asks the core, once for all who ask the same at the same time. For calls that only read. */
export function ask<N extends CallName>(name: N, request: Request<N>): Promise<ReplyOf<N>> {
  const key = `${name} ${JSON.stringify(request)}`;
  const before = asked.get(key) as Promise<ReplyOf<N>> | undefined;
  if (before) return before;
  const reply = call(name, request).finally(() => {
    if (asked.get(key) === reply) asked.delete(key);
  });
  asked.set(key, reply);
  return reply;
}

type Listener = (touched: readonly Touched[]) => void;

const listeners = new Set<Listener>();
let watching = false;

/** Tells what was written, by this window or by anyone. Returns how to stop listening. */
export function onChanged(listener: Listener): () => void {
  listeners.add(listener);
  if (!watching) {
    watching = true;
    chosen.listen('changed', (touched) => tell(touched, 'event'));
  }
  return () => listeners.delete(listener);
}

/** How long the reply and the event of one act may lie apart. */
const PAIR_MS = 1000;

/** Acts told once, and from which side: the window that acts hears of it twice, in its reply and as an event. */
const told = new Map<string, { balance: number; at: number }>();

function tell(touched: readonly Touched[], from: 'reply' | 'event'): void {
  const now = performance.now();
  for (const [key, { at }] of told) if (now - at > PAIR_MS) told.delete(key);
  const key = JSON.stringify(touched);
  const before = told.get(key)?.balance ?? 0;
  const balance = before + (from === 'reply' ? 1 : -1);
  if (balance === 0) told.delete(key);
  else told.set(key, { balance, at: now });
  if (Math.abs(balance) < Math.abs(before)) return;
  asked.clear(); // their answers may be older than the act
  for (const listener of listeners) listener(touched);
}
