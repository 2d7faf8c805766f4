// Proposals: the list and its filters, the palette, the other language and the smallest window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

test('the list is filtered, the filters stay in the address, and it says when nothing meets them', async () => {
  await house.go('/propuestas');
  await page.getByText('12 propuestas').waitFor();
  assert.deepEqual(await house.inBothThemes('propuestas'), []);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('biogas');
  await page.getByText('1 propuesta', { exact: true }).waitFor();
  assert.match(decodeURIComponent(page.url()), /texto=biogas/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('inexistente');
  await page.getByText('Ninguna propuesta cumple los filtros.').waitFor();
  await page.getByRole('button', { name: 'Quitar filtros' }).first().press('Enter');
  await page.getByText('12 propuestas').waitFor();
  await house.go('/propuestas?estado=prioritized');
  await page.getByText('3 propuestas').waitFor();
});

test('the palette finds a proposal from anywhere, and the other language and size hold', async () => {
  await house.go('/historial');
  await house.palette('biogas');
  const found = page.getByRole('option', { name: /CIIB-2025-001/ });
  await found.waitFor();
  while ((await found.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('CIIB-2025-001').first().waitFor();
  await house.prefer({ language: 'en', text: 'larger' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/propuestas/pro-11');
  await page.getByRole('heading', { name: 'Identification' }).waitFor();
  assert.deepEqual(await house.violations(), []);
  await house.go('/propuestas');
  await page.getByText(/\d+ proposals/).waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.setViewportSize({ width: 1366, height: 768 });
  await house.prefer({ language: 'es', text: 'normal' });
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
