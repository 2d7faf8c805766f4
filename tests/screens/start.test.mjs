// The first screen: who works, the demonstration, and what was open lately.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories({ demo: false, person: null });
const { page, enter } = house;
const folder = async () => (await house.test('state')).folder;

test('the first time it asks for a name and a role, and says what is missing', async () => {
  await page.getByRole('textbox').first().focus();
  assert.deepEqual(await house.inBothThemes('inicio-quien'), []);
  await page.keyboard.press('Enter');
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await page.getByRole('textbox').first().focus();
  await page.keyboard.type('Gloria Peña');
  await page.keyboard.press('Tab');
  await page.keyboard.type('secretaria técnica');
  await page.keyboard.press('Enter');
  await page.getByText('Explorar el año de demostración').waitFor();
  // The same key again, pressed or held, opens nothing: where to begin is chosen.
  await page.waitForFunction(() => document.activeElement?.textContent.trim() === 'Por dónde empezar');
  await page.keyboard.press('Enter');
  await house.quiet();
  assert.equal((await house.test('state')).done.length, 0);
  assert.deepEqual(await house.inBothThemes('inicio'), []);
  await page.keyboard.press('Tab');
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Explorar el año/);
});

test('the demonstration opens; afterwards it is among the recent ones', async () => {
  const path = join(await folder(), 'demostracion.actario');
  await house.test('pick', { paths: [path] });
  await enter('Explorar el año de demostración');
  await page.locator('nav.sidebar').waitFor({ timeout: 15_000 });
  await house.call('close_archive');
  await house.restart('/inicio');
  await page.getByText('demostracion.actario').waitFor();
  await page.getByRole('button', { name: /demostracion/ }).focus();
  await page.keyboard.press('Enter');
  await page.locator('nav.sidebar').waitFor({ timeout: 15_000 });
});

test('the archive is left for another one from Ctrl+K', async () => {
  await house.command('Cerrar este archivo');
  await page.getByText('Crear un archivo nuevo').waitFor();
  const { folder: kept } = await house.test('state');
  await house.test('pick', { paths: [join(kept, 'otra.actario')] });
  await enter('Crear un archivo nuevo');
  await page.getByText('Primeros pasos').first().waitFor();
});

test('in English too', async () => {
  await house.call('close_archive');
  await house.prefer({ language: 'en' });
  await house.restart('/inicio');
  await page.getByText('Gloria Peña').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
