import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/actas/archivar'],
  load: () => import('./ReturnedScan.svelte'),
};
