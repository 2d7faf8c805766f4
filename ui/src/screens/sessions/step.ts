import type { SessionStatus } from '../../generated/SessionStatus';

/** The step of its workspace a session is at. */
export function stepOf(status: SessionStatus): 'preparar' | 'sesionar' | 'acta' {
  if (status === 'open' || status === 'suspended') return 'sesionar';
  return status === 'adjourned' || status === 'not_held_no_quorum' || status === 'informative' ? 'acta' : 'preparar';
}
