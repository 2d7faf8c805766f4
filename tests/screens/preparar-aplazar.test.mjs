// A session that is not held; its preparation in English, small and large.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './preparation.mjs';
import { houseWithSession, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page } = house;

test('postponed with its reason, cancelled for good', async () => {
  await house.go(place());
  await page.getByRole('button', { name: /Más/ }).first().click();
  await page.getByRole('menuitem', { name: 'Aplazar la sesión…' }).click();
  const ask = page.getByRole('alertdialog');
  await ask.getByRole('textbox', { name: 'Razón' }).fill('Se cruza con el Concejo');
  assert.deepEqual(await house.violations(), []);
  await ask.getByRole('button', { name: 'Aplazar sesión' }).click();
  await ask.waitFor({ state: 'detached' });
  await page.getByText('Aplazada').first().waitFor();
  assert.equal((await house.call('get_session', { session_id: SESSION })).line.date_to_be_set, true);
  await page.getByRole('button', { name: /Más/ }).first().click();
  await page.getByRole('menuitem', { name: 'Cancelar la sesión…' }).click();
  await ask.getByRole('textbox', { name: 'Razón' }).fill('La administración cambió el calendario');
  await ask.getByRole('button', { name: 'Cancelar sesión' }).click();
  await page.getByText('Cancelada').first().waitFor();
  await house.quiet();
  assert.deepEqual(await house.violations(), []);
});

test('in English, small and large', async () => {
  await house.prefer({ language: 'en', text: 'largest' });
  await page.setViewportSize({ width: 1024, height: 640 });
  for (const view of ['', 'convocatoria', 'quorum', 'documentos']) {
    await house.restart(place(view));
    assert.deepEqual(await house.violations(), [], view);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view);
  }
  await page.getByRole('tab', { name: /Agenda/ }).waitFor();
  assert.deepEqual(house.complaints, []);
});
