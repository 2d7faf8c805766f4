import HistoryIcon from '@lucide/svelte/icons/history';
import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  section: 'history',
  icon: HistoryIcon,
  routes: ['/historial'],
  load: () => import('./History.svelte'),
};
