// Acta: minutes that a later session approved by vote are adopted, signed and published from their screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';
import * as session from './session.mjs';

const ACTA = '/sesiones/ses-2025-04/acta';
let house;
let page;
before(async () => {
  house = await openHouse();
  page = house.page;
  page.setDefaultTimeout(6_000);
  await session.convene(house, { minutes: 'min-2025-04' });
  await session.openWith(house, 10);
  await session.at(house, session.oclock('08:20'));
  const { SESSION: session_id } = session;
  await house.call('record_event', { session_id, kind: 'quorum_check' });
  await house.call('record_event', { session_id, kind: 'item_start', item_id: 'it-acta' });
  await house.go(ACTA);
});
after(() => house?.close());
const press = (...keys) => session.press(house, ...keys);
const minutes = async () => (await house.call('get_minutes_view', { session_id: 'ses-2025-04' })).minutes;
async function until(holds) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (holds(await minutes())) return house.quiet();
    await page.waitForTimeout(40);
  }
  assert.fail(String(holds));
}
const enter = async (name) => {
  await page.getByRole('button', { name }).first().focus();
  await press('Enter');
};

test('before the vote the dialog asks by which session, and the core says that none approved them', async () => {
  await enter('Aprobar el acta…');
  await session.asked(house, 'Sesión que la aprobó');
  await page.getByRole('combobox', { name: 'Sesión que la aprobó' }).getByText('2026').waitFor();
  assert.deepEqual(await house.inBothThemes('acta-aprobacion'), []);
  await press('Control+Enter');
  await page
    .getByRole('alert')
    .getByText(/votación/)
    .waitFor();
  assert.equal((await minutes()).status, 'in_review');
  await press('Escape');
});

test('once approved by vote they are adopted, and their file is fixed', async () => {
  const { SESSION: session_id } = session;
  const motion = await house.call('file_motion', {
    session_id,
    item_id: 'it-acta',
    kind: 'procedural',
    text: 'Aprobar el acta anterior',
  });
  const { vote } = await house.call('open_vote', { session_id, motion_id: motion.id, method: 'roll_call' });
  const { roll } = await house.call('live_session', { session_id });
  for (const row of roll.filter((one) => one.inside))
    await house.call('cast_ballot', { vote_id: vote.id, seat_id: row.seat_id, value: 'for' });
  await house.call('close_vote', { vote_id: vote.id });
  // While that session is held its votes may still be corrected: the minutes wait for its end.
  await enter('Aprobar el acta…');
  await session.asked(house, 'Sesión que la aprobó');
  await press('Control+Enter');
  await page
    .getByRole('alert')
    .getByText(/no ha terminado/)
    .waitFor();
  await press('Escape');
  await session.at(house, session.oclock('09:30'));
  await house.call('adjourn_session', { session_id });
  await enter('Aprobar el acta…');
  await session.asked(house, 'Sesión que la aprobó');
  await page.getByRole('combobox', { name: 'Sesión que la aprobó' }).getByText('2026').waitFor();
  await press('Control+Enter');
  await until((one) => one.status === 'approved');
  assert.equal((await minutes()).approved_in_session_id, session_id);
});

test('both sign, on the day they did, and they are published', async () => {
  await enter(/Registrar firma ?: Ana Eugenia/);
  await session.asked(house, 'Firma de la presidencia');
  await press('Control+Enter');
  await until((one) => one.signatures[0].signed_on === '2026-03-26');
  await enter(/Registrar firma ?: Pilar/);
  await session.asked(house, 'Firma de la secretaría técnica');
  await press('Control+Enter');
  await until((one) => one.status === 'signed');
  await enter('Publicar');
  await session.asked(house, 'Registrar la publicación');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await until((one) => one.status === 'published');
  await page.getByText('Acta n.º 4 de 2025').first().waitFor();
  assert.deepEqual(await house.inBothThemes('acta-publicada'), []);
  assert.deepEqual(house.complaints, []);
});
