import { personOption } from '../../choices/lists';
import type { PersonLine } from '../../generated/PersonLine';
import type { RollRow } from '../../generated/RollRow';
import type { Option } from '../../parts/option';
import { t } from '../../texts/index.svelte';

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
      const candidate = candidates.find((known) => known.person.id === one.id);
      const capacity = candidate && t().live.roll.capacity[candidate.capacity];
      return {
        value: one.id,
        label: one.full_name,
        words: personOption(one).words ?? '',
        detail: [capacity, candidate?.delegation, one.position, one.entity].filter(Boolean).join(' · '),
      };
    });
}
