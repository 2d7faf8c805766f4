/** How motions, their votes and the items they settle stand: the same wherever they are shown. */
import type { LiveView } from '../../generated/LiveView';
import type { Motion } from '../../generated/Motion';
import type { Vote } from '../../generated/Vote';

/** An item's number as printed. */
export const numberOf = (live: LiveView, id: string): string =>
  live.item_numbers[live.items.findIndex((one) => one.id === id)] ?? '';

/** What belongs to items, in the order of the agenda; what one item has, in its own order. */
export const byAgenda = <T extends { item_id: string }>(live: LiveView, all: readonly T[]): T[] => {
  const place = (one: T) => live.items.findIndex((item) => item.id === one.item_id);
  return [...all].sort((a, b) => place(a) - place(b));
};

/** An item by its number and title, to choose it. */
export const namedItem = (live: LiveView, id: string): string =>
  `${numberOf(live, id)}. ${live.items.find((one) => one.id === id)?.title ?? ''}`;

/** Whether a motion is of an item: put under it, or in a block that names it. */
export const isOf = (motion: Motion, item: string | undefined): boolean =>
  item !== undefined && (motion.item_id === item || motion.block_item_ids.includes(item));

/** Whether a vote settled an item: taken under it, or in a block that names it. */
export const settles = (live: LiveView, vote: Vote, item: string): boolean =>
  vote.item_id === item || live.motions.some((one) => one.id === vote.motion_id && isOf(one, item));

/** The item whose decision is still to be written from a vote: of a block, the first one without its own. */
export function undecided(live: LiveView, vote: Vote): string {
  const motion = live.motions.find((one) => one.id === vote.motion_id);
  const all = [vote.item_id, ...(motion?.block_item_ids ?? [])];
  const written = (item: string) => live.decisions.some((one) => one.vote_id === vote.id && one.item_id === item);
  return all.find((item) => !written(item)) ?? vote.item_id;
}

export type Standing = 'awaiting_tie' | 'tie_unresolved' | 'second_round';

/** The tie in which a closed vote ended, or `null` when it ended otherwise. */
export function tieOf(live: LiveView, voteId: string | null): Standing | null {
  const counted = live.course.votes.find((one) => one.vote_id === voteId);
  if (!counted || live.course.open_vote_id === voteId) return null;
  if (counted.awaits_casting_vote) return 'awaiting_tie';
  const result = counted.verdict?.result;
  return result === 'tie_unresolved' || result === 'second_round' ? result : null;
}

/** Of the motions that wait in an item, the one to be voted first: on a recusal, else what would change another, else the newest. */
export function firstToVote(live: LiveView, item: string | undefined): Motion | undefined {
  const filed = live.motions.filter((one) => one.item_id === item && one.status === 'filed');
  const free = filed.filter((one) =>
    live.motions_rules.some((rules) => rules.motion_id === one.id && rules.choices.some((each) => !each.blocked)),
  );
  const ofKind = (kind: Motion['kind']) => free.findLast((one) => one.kind === kind);
  return ofKind('recusal') ?? ofKind('amendment') ?? free.at(-1) ?? filed.at(-1);
}

/** Whether a motion waits for its vote: none was taken, or the one taken was annulled or had no quorum. */
export function awaitsVote(live: LiveView, motion: Motion): boolean {
  const vote = live.votes.find((one) => one.id === motion.vote_id);
  if (motion.status !== 'filed' || vote?.status === 'open') return false;
  return !vote || vote.status === 'annulled' || vote.verdict?.result === 'no_quorum';
}

/** Whether a motion that was voted may be put to the vote again: no consensus was reached, or its vote was reopened. */
export function votedAgain(live: LiveView, motion: Motion): boolean {
  const counted = live.course.votes.find((one) => one.vote_id === motion.vote_id);
  if (!counted || live.course.open_vote_id === motion.vote_id) return false;
  const reopened = live.motions.some((one) => one.reopens_vote_id === motion.vote_id && one.status === 'approved');
  return reopened || (motion.status === 'filed' && counted.verdict?.result === 'no_consensus');
}
