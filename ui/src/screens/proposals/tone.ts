import type { ProposalStatus } from '../../generated/ProposalStatus';
import type { Tone } from '../../parts/tone';

/** What the colour of a state says: waiting, settled well, settled against. */
export function toneOf(status: ProposalStatus): Tone {
  switch (status) {
    case 'filed':
    case 'under_review':
    case 'scheduled':
      return 'info';
    case 'returned':
    case 'postponed':
      return 'warn';
    case 'prioritized':
    case 'prioritized_with_conditions':
    case 'in_execution':
      return 'ok';
    case 'not_prioritized':
    case 'withdrawn':
      return 'danger';
    default:
      return 'neutral';
  }
}
