/** Addresses after the hash: `#/sesiones/ID/sesionar?punto=3`. The window's history is the program's. */
import { flushAll } from './autosave.svelte';

export interface Place {
  path: string;
  /** What follows the question mark. */
  search: URLSearchParams;
}

function read(): Place {
  const raw = location.hash.replace(/^#/, '') || '/';
  const [path = '/', search = ''] = raw.split('?');
  return { path: path.startsWith('/') ? path : `/${path}`, search: new URLSearchParams(search) };
}

class Router {
  place = $state.raw<Place>(read());

  constructor() {
    addEventListener('hashchange', () => {
      void flushAll();
      this.place = read();
    });
  }
}

export const router = new Router();

export const HOME = '/hoy';

/** The address of a place, for links: `href('/sesiones', id, 'acta')`. */
export function href(...segments: string[]): string {
  const [first = '', ...rest] = segments;
  return `#${[first, ...rest.map(encodeURIComponent)].join('/')}`;
}

/** Goes there. `replace` leaves no step to come back to. */
export function go(to: string, options: { replace?: boolean } = {}): void {
  const address = to.startsWith('#') ? to : `#${to}`;
  if (options.replace) {
    history.replaceState(null, '', address);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = address;
  }
}

/** Changes what follows the question mark without a step in the history: filters, the selected row. */
export function setSearch(change: Record<string, string | null>): void {
  const search = new URLSearchParams(router.place.search);
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === '') search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  history.replaceState(null, '', `#${router.place.path}${text ? `?${text}` : ''}`);
  router.place = read();
}

/** The parameters of `path` under `pattern` (`/sesiones/:id/:step`), or nothing when it is another place. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = path.replace(/\/+$/, '').split('/');
  if (want.length !== have.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const given = have[i] ?? '';
    if (part.startsWith(':')) {
      if (given === '') return undefined;
      params[part.slice(1)] = decode(given);
    } else if (part !== given) return undefined;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
