// A session that is not held; its preparation in English, small and large.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './preparation.mjs';
import { houseWithSession, LIVE, SESSION } from './session.mjs';

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
  // Wherever it is open: when it was decided, the day it had and the reason; it shows no day, and is not opened.
  const postponed = 'Aplazada el 10 feb 2026 (era el 26 mar 2026; la fecha está por fijar): Se cruza con el Concejo';
  await page.getByText(postponed).waitFor();
  await page.getByText('Fecha por fijar (era el 26 mar 2026)').waitFor();
  const day = page.getByRole('group', { name: 'Fecha' });
  assert.equal(await day.getByRole('spinbutton', { name: 'Día' }).getAttribute('aria-valuenow'), null);
  await house.inBothThemes('aplazada-sin-fecha');
  await house.go('/sesiones');
  await page.getByRole('row', { name: /Por fijar.*Aplazada/ }).waitFor();
  await house.go(LIVE);
  await page.getByText(postponed).waitFor();
  await page.getByText('Se instala cuando se convoque de nuevo').waitFor();
  assert.equal(await page.getByText('Instalar').count(), 0);
  assert.deepEqual(await house.violations(), []);
  await page.getByRole('button', { name: 'Ir a Preparar' }).press('Enter');
  await page.getByRole('button', { name: /Más/ }).first().click();
  await page.getByRole('menuitem', { name: 'Cancelar la sesión…' }).click();
  await ask.getByRole('textbox', { name: 'Razón' }).fill('La administración cambió el calendario');
  await ask.getByRole('button', { name: 'Cancelar sesión' }).click();
  await page.getByText(/^Sesión cancelada el .*: La administración cambió el calendario/).waitFor();
  await house.quiet();
  assert.deepEqual(await house.violations(), []);
  await house.go(LIVE);
  await page.getByText('La sesión se canceló y no se instala.').waitFor();
  await page.keyboard.press('Control+Enter');
  assert.equal(await page.getByRole('alertdialog').count(), 0);
  await page.getByText(/^Sesión cancelada el .*: La administración cambió el calendario/).waitFor();
  await house.inBothThemes('sesionar-cancelada');
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.inBothThemes('sesionar-cancelada-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
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
