import type { CommitmentFilter } from '../../generated/CommitmentFilter';
import type { PaperOf } from '../../generated/PaperOf';
import { date, t } from '../../texts/index.svelte';

/** The parts of the commitments that a paper may be of. */
export const COMMITMENT_STATES = [
  'open',
  'overdue',
  'due_soon',
  'closed',
  'cancelled',
] as const satisfies readonly CommitmentFilter[];

/** Which commitments a paper of them is of. */
export type CommitmentsAsked = Omit<Extract<PaperOf, { kind: 'commitments' }>, 'kind' | 'body_id' | 'session_id'>;

/** How an address names each filter. */
const NAMES = {
  state: 'estado',
  entity_id: 'entidad',
  text: 'texto',
  due_from: 'desde',
  due_to: 'hasta',
} as const satisfies Record<keyof CommitmentsAsked, string>;

/** Every filter of an address taken away. */
export const NO_FILTERS = Object.fromEntries(Object.values(NAMES).map((name) => [name, null]));

/** The filters as an address says them. */
export const commitmentsSearch = (asked: CommitmentsAsked): Record<string, string | null | undefined> =>
  Object.fromEntries((Object.keys(NAMES) as (keyof typeof NAMES)[]).map((one) => [NAMES[one], asked[one]]));

/** The filters that an address says; of all when it names none. */
export function commitmentsAsked(search: URLSearchParams): CommitmentsAsked {
  const state = COMMITMENT_STATES.find((one) => one === search.get(NAMES.state));
  const [entity_id, text, due_from, due_to] = (['entity_id', 'text', 'due_from', 'due_to'] as const).map((one) =>
    search.get(NAMES[one])?.trim(),
  );
  return {
    ...(state ? { state } : {}),
    ...(entity_id ? { entity_id } : {}),
    ...(text ? { text } : {}),
    ...(due_from ? { due_from } : {}),
    ...(due_to ? { due_to } : {}),
  };
}

/** The filters in words; `entity` is the name of the one that is asked for. */
export function commitmentsTold(asked: CommitmentsAsked, entity: string | undefined): string[] {
  const [x, e] = [t().papers.commitmentStates, t().exporting];
  return [
    asked.state && x[asked.state],
    asked.entity_id && (entity ?? asked.entity_id),
    asked.text && e.having(asked.text),
    asked.due_from && e.from(date(asked.due_from)),
    asked.due_to && e.until(date(asked.due_to)),
  ].flatMap((one) => (one ? [one] : []));
}
