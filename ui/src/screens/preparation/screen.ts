import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/sesiones/:id/preparar'],
  load: () => import('./Preparation.svelte'),
};
