import type { ImportTarget } from '../../generated/ImportTarget';

/** The addresses of what a sheet's rows may be. */
const NAMES: Record<ImportTarget, string> = {
  people: 'personas',
  seats: 'puestos',
  proposals: 'propuestas',
  commitments: 'compromisos',
};

export const TARGETS = Object.keys(NAMES) as ImportTarget[];

/** What an address names; nothing when it is no list that takes rows. */
export const targetOf = (name: string | undefined): ImportTarget | undefined =>
  TARGETS.find((one) => NAMES[one] === name);

/** Where rows are imported. */
export const importPlace = (target: ImportTarget, body: string | null = null): string =>
  `/importar/${NAMES[target]}${body === null ? '' : `?instancia=${encodeURIComponent(body)}`}`;

/** The list that they are seen in. */
export const listPlace = (target: ImportTarget, body: string | null = null): string => {
  const of = body === null ? '' : `instancia=${encodeURIComponent(body)}`;
  const places: Record<ImportTarget, string> = {
    people: '/integrantes?vista=personas',
    seats: `/integrantes${of && `?${of}`}`,
    proposals: '/propuestas',
    commitments: '/compromisos?estado=all',
  };
  return places[target];
};
