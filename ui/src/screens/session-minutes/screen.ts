import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/sesiones/:id/acta'],
  load: () => import('./Acta.svelte'),
};
