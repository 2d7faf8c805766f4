import type { RowFate } from '../../generated/RowFate';
import type { Tone } from '../../parts/tone';

/** How what becomes of a row is marked. */
export const TONES: Record<RowFate, Tone> = { new: 'ok', same: 'neutral', changes: 'warn', refused: 'danger' };
