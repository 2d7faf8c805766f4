import type { Screen } from '../../frame/screens';
import { START } from '../../state/archive.svelte';

export const screen: Screen = { routes: [START], bare: true, load: () => import('./Start.svelte') };
