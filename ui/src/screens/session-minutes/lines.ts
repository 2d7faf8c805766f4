import type { MinutesLine } from '../../generated/MinutesLine';
import type { MinutesList } from '../../generated/MinutesList';

/** The lines of a list of minutes by their id. */
export function linesById(list: MinutesList | undefined): Record<string, MinutesLine> {
  return Object.fromEntries((list?.minutes ?? []).map((line) => [line.id, line]));
}
