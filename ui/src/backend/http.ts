import { Failure } from './failure';
import type { Reply, Transport } from './transport';

async function post(path: string, body: unknown): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
  } catch (thrown) {
    throw new Failure('unreachable', String(thrown));
  }
  let parsed: unknown;
  try {
    const text = await answer.text();
    parsed = text === '' ? null : JSON.parse(text);
  } catch (thrown) {
    throw new Failure('unreachable', `${answer.status}: ${String(thrown)}`);
  }
  if (!answer.ok) throw Failure.from(parsed);
  return parsed;
}

let stream: EventSource | undefined;

/** The way in a plain browser, against a core on loopback. */
export const http: Transport = {
  call: async (name, request) => (await post(`/call/${name}`, request)) as Reply,
  command: (name, given) => post(`/shell/${name}`, given),
  listen(event, told) {
    stream ??= new EventSource('/changes');
    stream.addEventListener(event, (message: MessageEvent<string>) => told(JSON.parse(message.data) as never));
  },
};
