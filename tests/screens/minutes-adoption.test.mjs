// Acta: minutes that a later session approved by vote are adopted, signed and published from their screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTA, adjourn, approve, HELD, houseBeforeApproval, MINUTES } from './approved-minutes.mjs';
import * as session from './session.mjs';

const house = await houseBeforeApproval();
const { page, press, enter, asked } = house;
await house.go(ACTA);
const minutes = async () => (await house.call('get_minutes_view', { session_id: HELD })).minutes;
const until = (holds) => house.until(async () => holds(await minutes()), String(holds));

test('before the vote the dialog asks by which session, and the core says that none approved them', async () => {
  await enter('Aprobar el acta…');
  await asked('Sesión que la aprobó');
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
  await approve(house);
  // While that session is held its votes may still be corrected: the minutes wait for its end.
  await enter('Aprobar el acta…');
  await asked('Sesión que la aprobó');
  await press('Control+Enter');
  await page
    .getByRole('alert')
    .getByText(/no ha terminado/)
    .waitFor();
  await press('Escape');
  await adjourn(house);
  await enter('Aprobar el acta…');
  await asked('Sesión que la aprobó');
  await page.getByRole('combobox', { name: 'Sesión que la aprobó' }).getByText('2026').waitFor();
  await press('Control+Enter');
  await until((one) => one.status === 'approved');
  assert.equal((await minutes()).approved_in_session_id, session.SESSION);
});

test('both sign, on the day they did', async () => {
  await enter(/Registrar firma ?: Ana Eugenia/);
  await asked('Firma de la presidencia');
  // Who will not sign has a reason: its field says so and has the keys.
  await press('ArrowDown', 'ArrowDown', 'Control+Enter');
  await house.inField('Por qué no firma');
  assert.deepEqual(await house.violations(), []);
  await page.getByRole('radio', { name: 'No va a firmar' }).focus();
  await press('ArrowUp', 'ArrowUp');
  await press('Control+Enter');
  await until((one) => one.signatures[0].signed_on === '2026-03-26');
  await enter(/Registrar firma ?: Pilar/);
  await asked('Firma de la secretaría técnica');
  await press('Control+Enter');
  await until((one) => one.status === 'signed');
});

test('they are published on the day that is typed: not before they were signed, and not undone', async () => {
  await session.at(house, '2026-03-31T15:00:00Z');
  await enter('Publicar');
  await asked('Registrar la publicación');
  const day = page.getByRole('group', { name: 'Fecha de publicación' });
  await day.getByRole('spinbutton').first().focus();
  await page.keyboard.type('25032026');
  await press('Control+Enter');
  // Told at its field, which has the keys again.
  await page.waitForFunction(() => document.activeElement?.closest('.dialog .field')?.querySelector('.error'));
  assert.equal(await page.locator('.dialog').getByRole('alert').count(), 0);
  assert.deepEqual(await house.inBothThemes('acta-publicar'), []);
  assert.equal((await minutes()).status, 'signed');
  await day.getByRole('spinbutton').first().focus();
  await page.keyboard.type('30032026');
  await press('Control+Enter');
  await until((one) => one.status === 'published');
  assert.equal((await minutes()).published_on, '2026-03-30');
  await page.getByText('Acta n.º 4 de 2025').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Publicar' }).count(), 0);
  assert.deepEqual(await house.inBothThemes('acta-publicada'), []);
  // What was published stays so: undoing takes back nothing of it.
  await press('Control+z');
  await house.quiet();
  assert.equal((await minutes()).status, 'published');
});

test('the list of minutes says when', async () => {
  await house.go('/actas');
  const { minutes: listed } = await house.call('list_minutes', {});
  const line = listed.findIndex((one) => one.id === MINUTES);
  await page.getByRole('grid', { name: 'Actas' }).locator('tbody tr').first().focus();
  for (let down = 0; down < line; down += 1) await press('ArrowDown');
  const side = page.locator('aside');
  await side.getByRole('heading', { name: listed[line].name.es }).waitFor();
  await side.getByText('30 de marzo de 2026').first().waitFor();
  assert.deepEqual(house.complaints, []);
});
