import { query } from '../../state/query.svelte';
import { router } from '../../state/router.svelte';

/** Of which body and year the papers are: what the address says, or the first body and the year in course. */
export class BodyYear {
  readonly bodies = query('list_bodies', {}, ['body']);
  readonly #calendar = query(
    'get_session_year',
    () => {
      const body = this.body;
      return body === null ? null : { body_id: body };
    },
    ['session', 'body'],
  );

  get body(): string | null {
    return router.place.search.get('instancia') ?? this.bodies.data?.[0]?.id ?? null;
  }
  /** Nothing until the core has said which year it is. */
  get year(): number | null {
    return Number(router.place.search.get('año')) || (this.#calendar.data?.year ?? null);
  }
  /** The years there is something of, the newest first. */
  get years(): number[] {
    const { year } = this;
    const known = this.#calendar.data;
    return [...new Set([...(known ? [known.year, ...known.years] : []), ...(year === null ? [] : [year])])].sort(
      (a, b) => b - a,
    );
  }
}
