import type { CommitmentLine } from '../../generated/CommitmentLine';
import type { Tone } from '../../parts/tone';

/** What is done with a commitment from this screen. */
export type Act = 'create' | 'edit' | 'close' | 'report' | 'extend' | 'cancel' | 'reopen' | 'remove';

export function toneOf(line: CommitmentLine): Tone {
  if (line.status === 'overdue') return 'danger';
  if (line.status === 'fulfilled') return 'ok';
  if (line.status === 'fulfilled_late' || line.reminder !== null) return 'warn';
  return 'neutral';
}
