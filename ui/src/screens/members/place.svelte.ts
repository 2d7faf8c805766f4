import { router } from '../../state/router.svelte';

export const TABS = [
  'puestos', 'personas', 'delegaciones', 'asistencia', 'reglas', 'instancia', 'entidades', 'calendario',
] as const; // prettier-ignore
export type Tab = (typeof TABS)[number];

/** What the address says: body, day, tab and the row looked at. */
export const place = {
  get body(): string | null {
    return router.place.search.get('instancia');
  },
  /** The day looked at; none is today. */
  get day(): string | null {
    return router.place.search.get('dia');
  },
  get tab(): Tab {
    return TABS.find((one) => one === router.place.search.get('vista')) ?? 'puestos';
  },
  get row(): string | null {
    return router.place.search.get('fila');
  },
};

/** What touches the members of a body. */
export const TOUCHING = [
  'body', 'seat', 'holder', 'delegation', 'person', 'rule_set', 'entity', 'sector', 'invitee', 'body_function',
  'session', 'annex',
] as const; // prettier-ignore

/** Leaves out what is empty, as calls expect. */
export function said<T extends Record<string, unknown>>(given: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const kept: Partial<Record<keyof T, unknown>> = {};
  for (const key of Object.keys(given) as (keyof T)[]) {
    const value = given[key];
    if (value === null || value === undefined) continue;
    if (typeof value === 'string') {
      if (value.trim() !== '') kept[key] = value.trim();
    } else kept[key] = value;
  }
  return kept as { [K in keyof T]?: NonNullable<T[K]> };
}
