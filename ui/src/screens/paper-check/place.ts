import { call } from '../../backend';
import type { Document } from '../../generated/Document';
import { href } from '../../state/router.svelte';
import { issuedPaper } from '../papers/kinds';

/** Where a document of the archive is seen. */
export async function placeOf(document: Document): Promise<string> {
  const { session_id: session, minutes_id: minutes, kind } = document;
  if (!session) return issuedPaper(document);
  const acta = href('/sesiones', session, 'acta');
  if (kind === 'public_version') return `${acta}?vista=public`;
  if (!minutes || (kind !== 'minutes' && kind !== 'signed_minutes'))
    return `${href('/sesiones', session, 'preparar')}?vista=documentos&papel=copias`;
  // Minutes that correct others have their own page, beside those of the session.
  const view = await call('get_minutes_view', { session_id: session });
  return view.minutes.id === minutes ? acta : `${acta}?version=${encodeURIComponent(minutes)}`;
}
