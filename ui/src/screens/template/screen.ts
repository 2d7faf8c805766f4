import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/integrantes/plantilla'],
  load: () => import('./BodyTemplate.svelte'),
};
