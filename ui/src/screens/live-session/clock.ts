/** Clock times typed by a person, in Bogotá. */
import { calendarDate } from '../../texts/index.svelte';

/** The instant of a clock time (`09:05`) on the same day in Bogotá as another instant. */
export function atClock(sameDay: string | Date, clock: string): string {
  const day = calendarDate(new Date(sameDay));
  return new Date(`${day}T${clock || '00:00'}:00-05:00`).toISOString();
}
