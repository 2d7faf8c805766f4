// A session suspended until another day: why and until when, the roll called again, and each hour with its day.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, houseWithSession, LIVE, oclock, openWith, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page } = house;
const view = () => house.call('live_session', { session_id: SESSION });
const nextDay = (time) => new Date(`2026-03-27T${time}:00-05:00`).toISOString();

test('it asks why and until when, says what is recorded, and shows it until it is resumed', async () => {
  await openWith(house, 12);
  await at(house, oclock('08:10'));
  await house.go(LIVE);
  await page.keyboard.press('F7');
  await house.until(async () => (await view()).course.quorum_reached_at !== null);
  await page.keyboard.press('Alt+PageDown');
  await house.until(async () => (await view()).course.current_item_id === 'it-lista');
  await at(house, oclock('09:05'));
  await house.restart(LIVE);
  await house.enter('Más acciones');
  await house.inMenu('Suspender la sesión hasta otro día…');
  await house.asked('se llama a lista y se verifica el quórum de nuevo');
  const ask = page.getByRole('alertdialog');
  assert.match(await ask.innerText(), /Se suspende\s+26\smar\s2026, 09:05\s+Presentes\s+12 de 16 puestos/);
  assert.deepEqual(await house.inBothThemes('suspender'), []);
  // Nothing is suspended without it.
  await page.keyboard.press('Control+Enter');
  assert.equal((await view()).course.status, 'open');
  await ask.getByRole('group', { name: 'Sigue el día' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('27032026');
  // A day without its hour is not announced.
  await page.keyboard.press('Control+Enter');
  await ask.getByRole('alert').filter({ hasText: 'Escriba a qué hora sigue, o borre el día' }).waitFor();
  await ask.getByRole('group', { name: 'A la hora' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0900');
  await ask.getByRole('textbox', { name: 'Razón' }).focus();
  await page.keyboard.type('por lo avanzado de la hora');
  await page.keyboard.press('Control+Enter');
  await house.says('Suspendida desde el 26 mar 2026, 09:05: por lo avanzado de la hora. Sigue el 27 mar 2026, 09:00.');
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('suspendida'), []);
});

test('resumed on another day, the roll is called again', async () => {
  await at(house, nextDay('09:00'));
  await house.restart(LIVE);
  await page.keyboard.press('Alt+r');
  await house.until(async () => (await view()).course.status === 'open');
  await page.getByRole('button', { name: 'Verificar quórum' }).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('reanudada-otro-dia'), []);
  // Whoever is not in answers the roll of that day.
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  await page.keyboard.press('Space');
  await house.until(async () => (await view()).roll[12].inside);
  assert.equal((await view()).events.at(-1).kind, 'roll_answer');
  await at(house, nextDay('09:05'));
  await page.keyboard.press('F7');
  await house.until(async () => (await page.getByRole('button', { name: 'Verificar quórum' }).count()) === 0);
});

test('an hour of another day has its day beside it', async () => {
  await house.restart(LIVE);
  await page.getByRole('button', { name: 'Cronología' }).press('Space');
  const log = page.locator('ol.log');
  assert.match(await log.innerText(), /^27\u00a0mar[^]*09:05[^]*26\u00a0mar[^]*09:05[^]*Se suspende/);
  await house.inBothThemes('dos-dias-cronologia');
  await page.getByRole('button', { name: 'Quórum', exact: true }).press('Space');
  await page.getByRole('cell', { name: '27\u00a0mar, 09:05' }).first().waitFor();
  assert.match(await page.locator('figure svg').textContent(), /26\u00a0mar27\u00a0mar/);
  const picture = page.getByRole('slider');
  await picture.focus();
  const told = [];
  for (let left = 0; left < 8; left += 1) {
    told.push(await picture.getAttribute('aria-valuetext'));
    await page.keyboard.press('ArrowLeft');
  }
  assert.ok(told.includes('Suspensión · 09:05–27\u00a0mar, 09:00'), told.join('\n'));
  assert.deepEqual(await house.inBothThemes('dos-dias-quorum'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.quiet();
  await house.inBothThemes('dos-dias-quorum-1024');
  assert.deepEqual(house.complaints, []);
});
