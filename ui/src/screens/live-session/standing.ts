/** How a vote that approved nothing left its motion: the same words wherever either is shown. */
import type { LiveView } from '../../generated/LiveView';
import type { Motion } from '../../generated/Motion';

export type Standing = 'awaiting_tie' | 'tie_unresolved' | 'second_round';

/** The tie in which a closed vote ended, or `null` when it ended otherwise. */
export function tieOf(live: LiveView, voteId: string | null): Standing | null {
  const counted = live.course.votes.find((one) => one.vote_id === voteId);
  if (!counted || live.course.open_vote_id === voteId) return null;
  if (counted.awaits_casting_vote) return 'awaiting_tie';
  const result = counted.verdict?.result;
  return result === 'tie_unresolved' || result === 'second_round' ? result : null;
}

/** Whether a motion that was voted may be put to the vote again: no consensus was reached, or its vote was reopened. */
export function votedAgain(live: LiveView, motion: Motion): boolean {
  const counted = live.course.votes.find((one) => one.vote_id === motion.vote_id);
  if (!counted || live.course.open_vote_id === motion.vote_id) return false;
  const reopened = live.motions.some((one) => one.reopens_vote_id === motion.vote_id && one.status === 'approved');
  return reopened || (motion.status === 'filed' && counted.verdict?.result === 'no_consensus');
}
