import { personOption } from '../../choices/lists';
import type { Candidate } from '../../generated/Candidate';
import type { PersonLine } from '../../generated/PersonLine';
import type { RollRow } from '../../generated/RollRow';
import type { Option } from '../../parts/option';
import { language, t } from '../../texts/index.svelte';

/** In what capacity somebody attends, or would, and by which act. */
export const capacityWord = ({ capacity, delegation }: Pick<Candidate, 'capacity' | 'delegation'>): string =>
  [t().live.roll.capacity[capacity], delegation].filter(Boolean).join(' · ');

/** What a seat knows of somebody who may come for it. */
export const candidateOf = (row: RollRow | null | undefined, person: string | null): Candidate | undefined =>
  row?.candidates.find((one) => one.person.id === person);

/** People who may come for a seat, each with what they would be for it when an act or the post gives it: those first. */
export function whoMayCome(row: RollRow | null | undefined, people: readonly PersonLine[]): Option[] {
  const candidates = row?.candidates ?? [];
  const place = (one: PersonLine) => {
    const at = candidates.findIndex((known) => known.person.id === one.id);
    return at < 0 ? candidates.length : at;
  };
  return [...people]
    .sort((a, b) => place(a) - place(b))
    .map((one) => {
      const candidate = candidateOf(row, one.id);
      return {
        value: one.id,
        label: one.full_name,
        words: personOption(one).words ?? '',
        detail: [candidate && capacityWord(candidate), candidate?.why?.[language()], one.position, one.entity]
          .filter(Boolean)
          .join(' · '),
      };
    });
}
