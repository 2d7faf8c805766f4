import type { FramePerson } from '../../generated/FramePerson';
import type { RollRow } from '../../generated/RollRow';

/** Whose entity a seat speaks for: its own, else that of whoever comes for it; a component has none. */
export const entityOf = (row: RollRow): string | null => row.entity ?? row.person?.entity ?? null;

/** The entity and the charge, as whoever calls the roll reads them; of a vacant seat, its title. */
export const fromWhere = (row: RollRow, person: FramePerson | null = row.person): string =>
  [row.entity ?? person?.entity, person?.position ?? row.title].filter(Boolean).join(' · ');

/** All that is known of a seat, for who points at it: person, entity and charge, and the seat where that is not said. */
export const wholeSeat = (row: RollRow): string =>
  [row.person?.full_name, entityOf(row), row.person?.position, `${row.number}. ${row.title}`]
    .filter(Boolean)
    .join(' · ');

/** A seat in a list of several: its number and whose it is. */
export const shortSeat = (row: RollRow): string => `${row.number} ${entityOf(row) ?? row.title}`;
