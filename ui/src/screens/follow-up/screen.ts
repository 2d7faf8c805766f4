import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/sesiones/:id/seguimiento'],
  load: () => import('./FollowUp.svelte'),
};
