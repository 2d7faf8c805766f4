/** Ctrl+K finds whatever was written, by the core's own search, and goes to where it is shown. */
import { call } from '../backend';
import type { SearchHit } from '../generated/SearchHit';
import { stepOf } from '../screens/sessions/step';
import { provide, type Found } from '../state/palette.svelte';
import { go, href, match } from '../state/router.svelte';
import { language } from '../texts/index.svelte';
import { screens } from './screens';

const routes = screens.flatMap((screen) => screen.routes);
const exists = (to: string) => routes.some((route) => match(route, to.replace(/^#/, '').replace(/\?.*/, '')));

/** What the minutes of a session say in their own words. */
const SAID = new Set(['decision', 'statement', 'motion', 'vote', 'recusal', 'agenda_item', 'remark']);
/** What has no title of its own but its kind: a row says its words, and the kind under them. */
const WORDS_FIRST = new Set(['decision', 'statement', 'recusal', 'remark', 'event', 'confirmation', 'guest']);

/** Where a record is shown; the first of its places that has a screen. */
function placeOf(hit: SearchHit): string | undefined {
  const session = (step: string) => (hit.session_id ? href('/sesiones', hit.session_id, step) : '');
  // In the minutes it is shown where they say it.
  const sought = SAID.has(hit.concept) ? `?hallar=${encodeURIComponent(`${hit.concept}:${hit.id}`)}` : '';
  if (sought && hit.session_id) return `${session('acta')}${sought}`;
  const kind = hit.owner?.concept ?? hit.concept;
  const id = hit.owner?.id ?? hit.id;
  const members = (view: string, row?: string) => {
    const search = new URLSearchParams({
      ...(hit.body_id ? { instancia: hit.body_id } : {}),
      ...(view === 'puestos' ? {} : { vista: view }),
      ...(row ? { fila: row } : {}),
    });
    return `${href('/integrantes')}?${search.toString()}`;
  };
  const places: Record<string, () => string[]> = {
    proposal: () => [href('/propuestas', id)],
    minutes: () => [session('acta'), href('/actas')],
    remark: () => [session('acta')],
    session: () => [session('preparar'), session('sesionar')],
    seat: () => [members('puestos', id)],
    person: () => [members('personas', id)],
    holder: () => [members('puestos')],
    delegation: () => [members('delegaciones')],
    body: () => [members('instancia')],
    body_function: () => [members('instancia')],
    invitee: () => [members('instancia')],
    rule_set: () => [members('reglas', id)],
    entity: () => [members('entidades')],
    sector: () => [members('entidades')],
    partner: () => [members('entidades')],
    work_plan: () => [href('/plan')],
    activity: () => [href('/plan')],
  };
  return [...(places[kind]?.() ?? []), session('acta'), session('sesionar')].find((to) => to !== '' && exists(to));
}

/** A session is opened at the step it has come to, as its list opens it. */
async function openSession(id: string, otherwise: string): Promise<void> {
  const detail = await call('get_session', { session_id: id }).catch(() => undefined);
  go(detail ? href('/sesiones', id, stepOf(detail.line.status)) : otherwise);
}

/** Proposals and commitments are found by their own screens, which lead to the very record. */
const ELSEWHERE = new Set(['proposal', 'commitment']);

export function findRecords(): void {
  provide(async (query, signal) => {
    if (query.trim().length < 2) return [];
    const groups = await call('search', { query });
    if (signal.aborted) return [];
    return groups
      .filter((group) => !ELSEWHERE.has(group.concept))
      .map((group) => ({
        label: group.label[language()],
        found: group.hits.flatMap((hit): Found[] => {
          const to = placeOf(hit);
          const words = (parts: typeof hit.title) => parts.map((part) => part.text).join('');
          if (to === undefined) return [];
          const run = hit.concept === 'session' ? () => void openSession(hit.id, to) : () => go(to);
          const found = { id: `${hit.concept}-${hit.id}`, run };
          return WORDS_FIRST.has(hit.concept) && hit.snippet.length > 0
            ? [{ ...found, title: words(hit.snippet), pieces: hit.snippet, under: `${words(hit.title)} · ${hit.path}` }]
            : [{ ...found, title: words(hit.title), pieces: hit.title, snippet: hit.snippet, detail: hit.path }];
        }),
      }));
  });
}
