import FileText from '@lucide/svelte/icons/file-text';
import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  section: 'minutes',
  icon: FileText,
  routes: ['/actas'],
  load: () => import('./MinutesList.svelte'),
};
