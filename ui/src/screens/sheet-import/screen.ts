import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  routes: ['/importar/:list'],
  load: () => import('./SheetImport.svelte'),
};
