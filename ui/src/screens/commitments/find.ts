import { call } from '../../backend';
import { provide } from '../../state/palette.svelte';
import { go, href } from '../../state/router.svelte';
import { t } from '../../texts/index.svelte';

/** Where a commitment is seen. */
export function placeOf(id: string): string {
  return `${href('/compromisos')}?estado=all&ver=${encodeURIComponent(id)}`;
}

/** Ctrl+K finds commitments by their words. */
export function provideCommitments(): void {
  provide(async (typed, signal) => {
    if (typed.trim().length < 2) return [];
    const groups = await call('search', { query: typed, concepts: ['commitment'], limit: 8 });
    if (signal.aborted) return [];
    const found = groups.flatMap((group) =>
      group.hits.map((hit) => ({
        id: `commitment-${hit.id}`,
        title: hit.title.map((part) => part.text).join(''),
        pieces: hit.title,
        snippet: hit.snippet,
        detail: hit.path,
        run: () => go(placeOf(hit.id)),
      })),
    );
    return found.length > 0 ? [{ label: t().commitments.title, found }] : [];
  });
}
