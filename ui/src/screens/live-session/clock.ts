/** Clock times typed by a person, in Bogotá. */
import { calendarDate, instantOf } from '../../texts/index.svelte';

/** The instant of a clock time (`09:05`) on the same day in Bogotá as another instant. */
export function atClock(sameDay: string | Date, clock: string): string {
  return instantOf(calendarDate(new Date(sameDay)), clock || '00:00');
}
