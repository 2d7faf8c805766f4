// What is unusual about a session that is programmed is told and not refused: its hour, its day, its number.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseWithSession } from './session.mjs';

const house = await houseWithSession();
const { page, press, asked, says } = house;
const warnings = page.getByRole('list', { name: 'Para revisar' });
const idHere = () => decodeURIComponent(page.url().split('/sesiones/')[1].split('/')[0]);

/** Programmes a session on that day by keyboard; gives its id. */
async function programme(day) {
  await house.go('/sesiones');
  await press('Control+n');
  await asked('Programar una sesión');
  await page.getByRole('dialog').getByRole('spinbutton').first().focus();
  await page.keyboard.type(day);
  await press('Control+Enter');
  await page.waitForURL(/preparar/);
  await page.getByRole('heading', { name: 'Datos', exact: true }).waitFor();
  return idHere();
}

test('another session at that hour is told on arriving; moved to a holiday, the holiday is', async () => {
  const id = await programme('26032026');
  await warnings
    .getByText('A esa hora hay otra sesión de la instancia: Sesión ordinaria n.º 1 de 2026, a las 08:00.')
    .waitFor();
  assert.deepEqual(await house.inBothThemes('preparar-para-revisar'), []);
  await press('Alt+5');
  const day = page.getByRole('group', { name: 'Fecha' });
  await day.getByRole('spinbutton').first().focus();
  await page.keyboard.type('23032026');
  await press('F6');
  await warnings.getByText('El 23 de marzo de 2026 es festivo', { exact: false }).waitFor();
  await warnings.getByText(/^A esa hora/).waitFor({ state: 'detached' });
  const { warnings: told, session } = await house.call('get_session', { session_id: id });
  assert.equal(session.date, '2026-03-23');
  assert.equal(told.length, 1);
});

test('a number that leaves others out is told once the session before is deleted', async () => {
  const second = idHere();
  const third = await programme('28052026');
  assert.equal(await warnings.count(), 0, 'nothing is unusual');
  await house.go(`/sesiones/${second}/preparar`);
  await house.enter('Más acciones');
  await house.inMenu('Eliminar la sesión…');
  await page.getByRole('alertdialog').waitFor();
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await house.go(`/sesiones/${third}/preparar`);
  await says(/El número 3 salta: la sesión anterior es la 1 y seguiría la 2/);
  // It is no obstacle.
  assert.ok((await house.call('get_session', { session_id: third })).acts.includes('convene_session'));
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(new URL(page.url()).hash.slice(1));
  await says('Number 3 jumps');
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
