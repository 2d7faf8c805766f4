import { afterEach, describe, expect, test, vi } from 'vitest';
import { ask, call, Failure, onChanged, shell, useTransport, type Touched } from './index';
import { http } from './http';
import type { Events, Transport } from './transport';

/** A door that answers what a test says and lets it tell events. */
function door(answer: (name: string, request: unknown) => unknown) {
  const heard = new Map<string, (payload: never) => void>();
  const transport: Transport = {
    call: (name, request) => Promise.resolve(answer(name, request) as never),
    command: (name, given) => Promise.resolve(answer(name, given)),
    listen: (event, told) => void heard.set(event, told),
  };
  useTransport(transport);
  return { tell: <E extends keyof Events>(event: E, payload: Events[E]) => heard.get(event)?.(payload as never) };
}

const vote: Touched[] = [{ concept: 'vote', id: 'v-1' }];
afterEach(() => vi.useRealTimers());

test('who asks the same at the same time asks once; after an act it is asked anew', async () => {
  const answer = vi.fn((name: string) => ({ value: name, changed: [] }));
  const here = door(answer);
  const stop = onChanged(() => undefined);
  const both = await Promise.all([ask('list_bodies', {}), ask('list_bodies', {}), ask('list_people', {})]);
  expect([both, answer.mock.calls.length]).toEqual([['list_bodies', 'list_bodies', 'list_people'], 2]);
  const older = ask('list_bodies', {});
  here.tell('changed', vote);
  await Promise.all([older, ask('list_bodies', {})]);
  expect(answer.mock.calls.length).toBe(4);
  stop();
});

describe('what was written is told once', () => {
  for (const [name, order, times] of [
    ['the reply, then its event', ['reply', 'event'], 1],
    ['the event, then its reply', ['event', 'reply'], 1],
    ['the reply alone', ['reply'], 1],
    ['another window', ['event'], 1],
    ['the same act twice', ['reply', 'event', 'reply', 'event'], 2],
    ['two replies before their events', ['reply', 'reply', 'event', 'event'], 2],
    ['another window, then the same act here', ['event', 'reply', 'event'], 2],
  ] as const)
    test(name, async () => {
      vi.useFakeTimers();
      const here = door(() => ({ value: null, changed: vote }));
      const seen = vi.fn();
      const stop = onChanged(seen);
      for (const from of order) {
        if (from === 'reply') await call('undo', {});
        else here.tell('changed', vote);
      }
      expect(seen).toHaveBeenCalledTimes(times);
      stop();
      vi.advanceTimersByTime(2000);
      here.tell('changed', vote);
      expect(seen).toHaveBeenCalledTimes(times);
    });
});

test('a refusal is a Failure with its code, sentence and field', async () => {
  useTransport({
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the core's refusals are plain objects
    call: () => Promise.reject({ code: 'invalid_input', message: 'Falta el título.', details: { field: 'title' } }),
    command: () => Promise.reject(new Error('defect')),
    listen: () => undefined,
  });
  const failure = await call('undo', {}).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({
    code: 'invalid_input',
    message: 'Falta el título.',
    field: 'title',
    confirm: undefined,
  });
  await expect(shell.state()).rejects.toMatchObject({ code: 'internal', message: 'defect' });
});

describe('over HTTP', () => {
  afterEach(() => vi.unstubAllGlobals());
  const answering = (status: number, body: unknown) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))),
    );

  test('asks /call/NAME with the request', async () => {
    answering(200, { value: { entry: 1, op: 'x' }, changed: [] });
    useTransport(http);
    expect(await call('undo', { entry: 1 })).toEqual({ entry: 1, op: 'x' });
    expect(fetch).toHaveBeenCalledWith('/call/undo', expect.objectContaining({ method: 'POST', body: '{"entry":1}' }));
  });
  test('422 is the core’s refusal', async () => {
    answering(422, { code: 'stale', message: 'Cambió.', details: null });
    useTransport(http);
    await expect(call('undo', {})).rejects.toMatchObject({ code: 'stale', message: 'Cambió.' });
  });
  test('no answer is unreachable', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed')));
    useTransport(http);
    await expect(call('undo', {})).rejects.toMatchObject({ code: 'unreachable' });
  });
  test('an answer that is no JSON is unreachable, not a crash', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
    useTransport(http);
    await expect(call('undo', {})).rejects.toMatchObject({ code: 'unreachable' });
  });
});

test('bytes cross as base64 and back, large ones too', () => {
  const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7) % 256);
  expect(shell.fromBase64(shell.toBase64(bytes))).toEqual(bytes);
  expect(shell.toBase64(new Uint8Array())).toBe('');
});

test('files dropped on an element are handed over, words are not', () => {
  const element = document.createElement('div');
  const dropped = vi.fn();
  const over = vi.fn();
  const stop = shell.onFilesDropped(element, dropped, over);
  const file = new File(['x'], 'excusa.eml');
  const event = (type: string, types: string[], files: File[] = []) => {
    const made = new Event(type, { cancelable: true });
    Object.assign(made, { dataTransfer: { types, files } });
    return made;
  };
  element.dispatchEvent(event('dragenter', ['text/plain']));
  element.dispatchEvent(event('drop', ['text/plain']));
  expect([over.mock.calls.length, dropped.mock.calls.length]).toEqual([0, 0]);
  element.dispatchEvent(event('dragenter', ['Files']));
  expect(over).toHaveBeenLastCalledWith(true);
  element.dispatchEvent(event('drop', ['Files'], [file]));
  expect(over).toHaveBeenLastCalledWith(false);
  expect(dropped).toHaveBeenCalledWith([file]);
  stop();
  element.dispatchEvent(event('drop', ['Files'], [file]));
  expect(dropped).toHaveBeenCalledTimes(1);
});
