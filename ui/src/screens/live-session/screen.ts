import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/sesiones/:id/sesionar'],
  load: () => import('./LiveSession.svelte'),
};
