import { flushSync } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { Failure, useTransport, type Touched } from '../backend';
import { query, type Query } from './query.svelte';

type Asked = { request: unknown; answer: (value: unknown) => Promise<void>; refuse: () => Promise<void> };

let asked: Asked[];
let tell: (touched: Touched[]) => void;
let stop: () => void;
afterEach(() => stop());

const settled = () => new Promise<void>((done) => setTimeout(done));

/** A query whose answers the test gives when it wants. */
function start(request: () => { id: string } | null): Query<'get_session'> {
  asked = [];
  useTransport({
    call: (_name, given) =>
      new Promise((answer, refuse) =>
        asked.push({
          request: given,
          answer: (value) => (answer({ value, changed: [] }), settled()),
          refuse: () => (refuse(new Failure('not_found', 'No hay tal sesión.')), settled()),
        }),
      ),
    command: () => Promise.resolve(null),
    listen: (event, told) => {
      if (event === 'changed') tell = told as never;
    },
  });
  let made: Query<'get_session'> | undefined;
  stop = $effect.root(() => {
    made = query('get_session', request as never, ['session', 'vote']);
  });
  flushSync();
  return made!;
}

let turn = 0;
const touch = (concept: string) => tell([{ concept, id: String((turn += 1)) }]);

test('asks, answers, and asks again when what it depends on is touched', async () => {
  const session = start(() => ({ id: 'a' }));
  expect([session.loading, asked.length]).toEqual([true, 1]);
  await asked[0]!.answer('uno');
  expect([session.loading, session.data]).toEqual([false, 'uno']);
  touch('person');
  expect(asked.length).toBe(1);
  touch('vote');
  expect([asked.length, session.data]).toEqual([2, 'uno']);
  await asked[1]!.answer('dos');
  expect(session.data).toBe('dos');
});

test('what is touched while it asks is asked once more, not once for each touch', async () => {
  const session = start(() => ({ id: 'a' }));
  for (const concept of ['vote', 'session', 'vote']) touch(concept);
  expect(asked.length).toBe(1);
  await asked[0]!.answer('viejo');
  expect(asked.length).toBe(2);
  await asked[1]!.answer('nuevo');
  expect([session.data, asked.length]).toEqual(['nuevo', 2]);
});

test('an answer older than an act never takes it back; when acts never cease, every third answer is shown', async () => {
  const session = start(() => ({ id: 'a' }));
  await asked[0]!.answer('uno');
  touch('vote');
  touch('vote'); // while the answer is on its way
  await asked[1]!.answer('sin el segundo voto');
  expect([session.data, asked.length]).toEqual(['uno', 3]);
  await asked[2]!.answer('con ambos');
  expect(session.data).toBe('con ambos');
  touch('vote');
  const shown: unknown[] = [];
  for (let n = 3; n < 9; n += 1) {
    touch('vote');
    await asked[n]!.answer(n);
    shown.push(session.data);
  }
  expect(shown).toEqual(['con ambos', 'con ambos', 5, 5, 5, 8]);
});

test('another request makes a late answer foreign', async () => {
  let id = $state('a');
  const session = start(() => ({ id }));
  id = 'b';
  flushSync();
  expect(asked.map((one) => one.request)).toEqual([{ id: 'a' }, { id: 'b' }]);
  await asked[1]!.answer('de b');
  await asked[0]!.answer('de a');
  expect(session.data).toBe('de b');
});

test('waits while there is nothing to ask', async () => {
  let id = $state<string | null>(null);
  const session = start(() => (id === null ? null : { id }));
  expect([asked.length, session.loading]).toEqual([0, false]);
  touch('vote');
  expect(asked.length).toBe(0);
  id = 'a';
  flushSync();
  await asked[0]!.answer('uno');
  expect(session.data).toBe('uno');
});

test('a failure is kept beside the last answer, and goes with the next one', async () => {
  const session = start(() => ({ id: 'a' }));
  await asked[0]!.answer('uno');
  touch('vote');
  await asked[1]!.refuse();
  expect([session.data, session.error?.code]).toEqual(['uno', 'not_found']);
  void session.refetch();
  await asked[2]!.answer('dos');
  expect([session.data, session.error]).toEqual(['dos', undefined]);
});

test('it is settled when no answer is on its way, the one asked for meanwhile included', async () => {
  const session = start(() => ({ id: 'a' }));
  let done = false;
  void session.settled().then(() => (done = true));
  touch('vote');
  await asked[0]!.answer('viejo');
  expect([done, asked.length]).toEqual([false, 2]);
  await asked[1]!.answer('nuevo');
  await settled();
  expect([done, session.data]).toEqual([true, 'nuevo']);
});

test('gone with its component, it asks nothing more: neither when touched nor when an act that began before ends', async () => {
  const session = start(() => ({ id: 'a' }));
  touch('vote');
  stop();
  stop = () => undefined;
  await asked[0]!.answer('uno');
  touch('vote');
  await session.refetch();
  expect(asked.length).toBe(1);
});
