import { calendarDate, instantOf } from '../../texts/index.svelte';

/**
 * The clock of a session that was kept on paper: what is entered happened at the hour that the person reads there,
 * not now. Of any other session it says nothing, and the core takes the hour itself.
 */
class PaperClock {
  /** The session's day; `null` for a session recorded while it is held. */
  day = $state<string | null>(null);
  /** The hour on the paper (`09:05`). */
  clock = $state<string | null>(null);

  /** The instant that the paper gives. */
  get instant(): string | null {
    return this.day !== null && this.clock !== null ? instantOf(this.day, this.clock) : null;
  }
}

export const paper = new PaperClock();

/** What an act says of when it happened. */
export function happened(): { occurred_at?: string } {
  return paper.instant === null ? {} : { occurred_at: paper.instant };
}

/** What an act says of when it happened, where a clock time is asked for: of that day, else of the paper's, else of today. */
export function happenedAt(clock: string | null, day: string | null = null): { occurred_at?: string } {
  return clock === null ? happened() : { occurred_at: instantOf(day ?? paper.day ?? calendarDate(new Date()), clock) };
}
