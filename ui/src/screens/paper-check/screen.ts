import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/actas/verificar'],
  load: () => import('./PaperCheck.svelte'),
};
