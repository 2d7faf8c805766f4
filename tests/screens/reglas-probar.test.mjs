// Rules being written, tried on the sessions held before anybody adopts them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

test('a draft of the rules says what it would have changed', async () => {
  await house.go('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Nueva versión…' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Escribir la versión' }).press('Enter');
  const head = (await house.call('get_archive')).head;
  const tried = page.getByRole('region', { name: 'Probar en sesiones anteriores' });
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Nada cambia: 4 sesiones/).waitFor();

  await page.getByLabel('Quórum deliberatorio').selectOption({ label: 'Número fijo' });
  await page.getByLabel('Puestos', { exact: true }).fill('13');
  await page.keyboard.press('Tab');
  await page.getByText(/Delibera con 13/).waitFor();
  assert.equal(await tried.getByText(/Nada cambia/).count(), 0, 'what was tried is of other rules');
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Algo cambia en \d de 4 sesiones/).waitFor();
  await tried.getByText('Quórum al comenzar').first().waitFor();
  await tried.getByText('se perdió a las 11:01 a. m.').waitFor();
  await tried.getByRole('heading', { name: /Sesión ordinaria n.º 1 de 2025/ }).scrollIntoViewIfNeeded();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-probar'), []);
  assert.equal((await house.call('get_archive')).head, head, 'nothing was kept');
  assert.deepEqual(house.complaints, []);
});
