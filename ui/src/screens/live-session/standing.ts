/** How a vote that approved nothing left its motion: the same words wherever either is shown. */
import type { LiveView } from '../../generated/LiveView';

export type Standing = 'awaiting_tie' | 'tie_unresolved' | 'second_round';

/** The tie in which a closed vote ended, or `null` when it ended otherwise. */
export function tieOf(live: LiveView, voteId: string | null): Standing | null {
  const counted = live.course.votes.find((one) => one.vote_id === voteId);
  if (!counted || live.course.open_vote_id === voteId) return null;
  if (counted.awaits_casting_vote) return 'awaiting_tie';
  const result = counted.verdict?.result;
  return result === 'tie_unresolved' || result === 'second_round' ? result : null;
}
