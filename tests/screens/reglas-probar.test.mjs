// Rules being written, tried on the sessions held before anybody adopts them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

test('a draft of the rules says what it would have changed', async () => {
  await house.go('/integrantes?vista=reglas');
  await page.getByRole('button', { name: 'Nueva versión…' }).press('Enter');
  await page.getByRole('dialog').getByRole('spinbutton', { name: 'Primer día en que rigen día' }).focus();
  await page.keyboard.type('01072026');
  await page.getByRole('dialog').getByRole('button', { name: 'Escribir la versión' }).press('Enter');
  const head = (await house.call('archive_state')).head;
  const tried = page.getByRole('region', { name: 'Probar en sesiones anteriores' });
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Nada cambia: 4 sesiones/).waitFor();

  await page.getByRole('combobox', { name: 'Quórum deliberatorio' }).press('Enter');
  await page.getByRole('option', { name: 'Número fijo' }).click();
  await page.getByRole('spinbutton', { name: 'Puestos', exact: true }).fill('13');
  await page.keyboard.press('Tab');

  assert.equal(await tried.getByText(/Nada cambia/).count(), 0, 'what was tried is of other rules');
  await tried.getByRole('button', { name: 'Probar', exact: true }).press('Enter');
  await tried.getByText(/^Algo cambia en \d de 4 sesiones/).waitFor();
  await tried.getByText('Quórum al comenzar').first().waitFor();
  await tried.getByText('se perdió a las 11:01 a. m.').waitFor();
  await tried.getByRole('heading', { name: /Sesión ordinaria n.º 1 de 2025/ }).scrollIntoViewIfNeeded();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-probar'), []);
  assert.equal((await house.call('archive_state')).head, head, 'nothing was kept');
  assert.deepEqual(house.complaints, []);
});
