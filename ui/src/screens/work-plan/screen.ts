import type { Screen } from '../../frame/screens';

export const screen: Screen = { routes: ['/plan'], load: () => import('./WorkPlan.svelte') };
