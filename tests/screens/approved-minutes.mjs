// The minutes of a session of the demonstration, which the session of `session.mjs` approves.
import * as session from './session.mjs';

/** The session of those minutes. */
export const HELD = 'ses-2025-04';
export const MINUTES = 'min-2025-04';
export const ACTA = `/sesiones/${HELD}/acta`;

/** What a file of stories begins with: a house in which the session deals with those minutes. */
export async function houseBeforeApproval() {
  const house = await session.houseWithSession({ minutes: MINUTES });
  await session.openWith(house, 10);
  await session.begin(house, '08:20', 'it-acta');
  return house;
}

/** The session approves them by vote, beside the window. */
export async function approve(house) {
  const motion = await house.call('file_motion', {
    session_id: session.SESSION,
    item_id: 'it-acta',
    kind: 'procedural',
    text: 'Aprobar el acta anterior',
  });
  await session.takeVote(house, motion.id);
}

/** At half past nine the session is adjourned, beside the window. */
export async function adjourn(house) {
  await session.at(house, session.oclock('09:30'));
  await house.call('adjourn_session', { session_id: session.SESSION });
}

/** What a file of stories begins with: a house in which they were approved, and the session is over. */
export async function houseWithApprovedMinutes() {
  const house = await houseBeforeApproval();
  await approve(house);
  await adjourn(house);
  return house;
}
