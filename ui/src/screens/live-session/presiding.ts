import type { LiveView } from '../../generated/LiveView';
import type { Option } from '../../parts/option';

/** Who may preside and from which seat, as `SEAT PERSON`: the chair's people first, then those of the other seats. */
export function whoMayPreside(live: LiveView): Option[] {
  return [...live.roll]
    .sort((a, b) => Number(b.chair) - Number(a.chair))
    .flatMap((row) =>
      row.candidates.map((one) => ({
        value: `${row.seat_id} ${one.person.id}`,
        label: one.person.full_name,
        detail: row.title,
        words: [one.person.treatment, one.person.position, one.person.entity, row.entity].filter(Boolean).join(' '),
      })),
    );
}

/** The name of whoever presided at an instant. */
export function presidedAt(live: LiveView, at: string): string {
  const turn = live.course.presiding.findLast((one) => Date.parse(one.from) <= Date.parse(at));
  return live.people.find((one) => one.id === turn?.person_id)?.full_name ?? '';
}
