import Handshake from '@lucide/svelte/icons/handshake';
import type { Screen } from '../../frame/screens';
import { query } from '../../state/query.svelte';
import { CONCEPTS } from './concepts';
import { provideCommitments } from './find';

export const screen: Screen = {
  section: 'commitments',
  icon: Handshake,
  routes: ['/compromisos'],
  load: () => import('./Commitments.svelte'),
  badge: () => {
    provideCommitments();
    const overdue = query('list_commitments', { state: 'overdue', limit: 1 }, CONCEPTS);
    return () => ({ count: overdue.data?.counts.overdue });
  },
};
