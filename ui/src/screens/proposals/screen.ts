import FileInput from '@lucide/svelte/icons/folder-input';
import type { Screen } from '../../frame/screens';
import { query } from '../../state/query.svelte';
import { provideProposals } from './find.svelte';

export const screen: Screen = {
  section: 'proposals',
  icon: FileInput,
  routes: ['/propuestas', '/propuestas/:id'],
  load: () => import('./Proposals.svelte'),
  badge: () => {
    provideProposals();
    const waiting = query('list_proposals', { status: ['filed', 'under_review'], limit: 1 }, ['proposal']);
    return () => ({ count: waiting.data?.total });
  },
};
