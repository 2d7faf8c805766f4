import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/actas/reservada'],
  load: () => import('./WithheldIndex.svelte'),
};
