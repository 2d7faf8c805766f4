import Users from '@lucide/svelte/icons/users';
import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  section: 'members',
  icon: Users,
  routes: ['/integrantes'],
  load: () => import('./Members.svelte'),
};
