import type { LiveView } from '../../generated/LiveView';
import type { Override } from '../../generated/Override';
import type { PlaceToMend } from '../../generated/PlaceToMend';
import type { PreflightCheck } from '../../generated/PreflightCheck';
import type { Session } from '../../generated/Session';
import { href } from '../../state/router.svelte';

/** What the checks of a step depend on: an act on any of these asks for them again. */
export const PREFLIGHT = [
  'session',
  'agenda_item',
  'annex',
  'body',
  'calendar',
  'confirmation',
  'delegation',
  'event',
  'holder',
  'motion',
  'proposal',
  'recusal',
  'reply',
  'rule_set',
  'seat',
  'session_frame',
  'vote',
] as const;

/** The reasons given for the checks of a step that ask for one, as its act takes them. */
export const overridesOf = (checks: readonly PreflightCheck[], reasons: Record<string, string>): Override[] =>
  checks
    .filter((one) => !one.ok && one.overridable && reasons[one.check]?.trim())
    .map((one) => ({ check: one.check, reason: reasons[one.check] ?? '' }));

/** How many reasons are still asked for. */
export const reasonsLeft = (checks: readonly PreflightCheck[], reasons: Record<string, string>): number =>
  checks.filter((one) => !one.ok && one.overridable && !reasons[one.check]?.trim()).length;

/** The address where something of a session is mended; nothing when no screen of its own is. */
export function addressOf(
  place: PlaceToMend,
  session: Pick<Session, 'id'>,
  live?: Pick<LiveView, 'opened' | 'votes' | 'recusals' | 'motions'>,
): string | undefined {
  const running = href('/sesiones', session.id, 'sesionar');
  const preparing = href('/sesiones', session.id, 'preparar');
  const at = (item: string | undefined) => (item ? `${running}?punto=${encodeURIComponent(item)}` : running);
  const records = { vote: live?.votes, recusal: live?.recusals, motion: live?.motions };
  const places: Record<string, () => string> = {
    vote: () => at(records.vote?.find((one) => one.id === place.id)?.item_id),
    recusal: () => at(records.recusal?.find((one) => one.id === place.id)?.item_id),
    motion: () => at(records.motion?.find((one) => one.id === place.id)?.item_id),
    item: () => at(place.id),
    event: () => `${running}?corregir=${encodeURIComponent(place.id)}`,
    opening: () => `${running}?corregir=${encodeURIComponent(place.id)}`,
    missed: () => `${running}?falta=${encodeURIComponent(place.id)}`,
    // Once opened, what was prepared is only read.
    session: () => (live?.opened ? running : preparing),
    agenda: () => preparing,
    notice: () => `${preparing}?vista=convocatoria`,
    rules: () => '/integrantes?vista=reglas',
    members: () => '/integrantes?vista=instancia',
    delegation: () => '/integrantes?vista=delegaciones',
    commitment: () => `/compromisos?estado=all&ver=${encodeURIComponent(place.id)}`,
  };
  return places[place.screen]?.();
}
