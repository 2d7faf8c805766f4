import { call } from '../../backend';
import { provide } from '../../state/palette.svelte';
import { go, href } from '../../state/router.svelte';
import { language, t } from '../../texts/index.svelte';

/** Ctrl+K finds proposals by code, title or any words of the profile. */
export function provideProposals(): void {
  provide(async (typed, signal) => {
    if (typed.trim().length < 2) return [];
    const [list, groups] = await Promise.all([
      call('list_proposals', { text: typed, limit: 8 }),
      call('search', { query: typed, concepts: ['proposal'], limit: 8 }),
    ]);
    const hits = new Map(groups.flatMap((group) => group.hits).map((hit) => [hit.id, hit]));
    if (signal.aborted || list.proposals.length === 0) return [];
    return [
      {
        label: t().proposals.title,
        found: list.proposals.map((one) => ({
          id: `proposal-${one.id}`,
          title: one.short_title ?? one.title,
          snippet: hits.get(one.id)?.snippet ?? [],
          detail: [one.code, one.entity, one.status_text[language()]].filter(Boolean).join(' · '),
          run: () => go(href('/propuestas', one.id)),
        })),
      },
    ];
  });
}
