import { href } from '../../state/router.svelte';

/** Where the template of a body's papers is; of the first body when none is said. */
export const templateOf = (body?: string | null): string =>
  `${href('/integrantes', 'plantilla')}${body ? `?instancia=${encodeURIComponent(body)}` : ''}`;
