// The sessions as a list and as a calendar of the year.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

test('the list shows the whole state of each session, in a small window too', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.go('/sesiones');
  const state = page.getByText('No realizada por falta de quórum');
  await state.waitFor();
  assert.ok(await state.evaluate((one) => one.scrollWidth <= one.clientWidth), 'the state is cut');
  assert.ok(
    await page.getByText('Sesión extraordinaria n.º 4 de 2025').evaluate((one) => one.scrollWidth <= one.clientWidth),
    'the name is cut',
  );
  assert.deepEqual(await house.violations(), []);
  await page.setViewportSize({ width: 1366, height: 768 });
  assert.deepEqual(await house.inBothThemes('sesiones'), []);
});

test('the year: sessions, minimum, and a new one on the chosen day', async () => {
  await page.getByText('Calendario del año').click();
  await page.getByRole('heading', { name: /^Sesiones de/ }).waitFor();
  assert.match(decodeURIComponent(page.url()), /vista=año/);
  await house.restart('/sesiones?vista=año&año=2025');
  await page.getByRole('link', { name: /Sesión ordinaria n.º 1 de 2025/ }).waitFor();
  await house.many(page.getByRole('region', { name: 'Sesiones de 2025' }).getByRole('link'), 4);
  await page.getByText('Mínimo 4 al año: 3 realizadas y 0 por realizar.').waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('sesiones-anio'), []);

  await page.getByRole('gridcell', { name: /16 de diciembre de 2025/ }).focus();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.equal(await dialog.getByRole('spinbutton').first().innerText(), '16');
  await page.keyboard.press('Escape');
  await page.getByRole('gridcell', { name: /27 de marzo de 2025/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Acta n.º 1 de 2025/ }).waitFor();
  assert.deepEqual(house.complaints, []);
});
