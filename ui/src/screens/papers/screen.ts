import FileStack from '@lucide/svelte/icons/file-stack';
import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  section: 'reports',
  icon: FileStack,
  routes: [
    '/papeles',
    '/papeles/:kind',
    '/papeles/:kind/:of',
    '/sesiones/:id/papeles',
    '/sesiones/:id/papeles/:kind',
    '/sesiones/:id/papeles/:kind/:of',
  ],
  load: () => import('./Papers.svelte'),
};
