import Inbox from '@lucide/svelte/icons/inbox';
import type { Screen } from '../../frame/screens';
import { query } from '../../state/query.svelte';
import { CONCEPTS } from './concepts';

export const screen: Screen = {
  section: 'today',
  icon: Inbox,
  routes: ['/hoy'],
  load: () => import('./Today.svelte'),
  badge: () => {
    const today = query('get_today', {}, CONCEPTS);
    return () => ({ count: today.data?.waiting });
  },
};
