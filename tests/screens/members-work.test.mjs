// Integrantes by keyboard on the real core: a day in the past, a person, an appointment, a delegation, an invitee, a partner.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;
const dialog = () => page.getByRole('dialog');

test('another day shows the rules of that day', async () => {
  await house.go('/integrantes?vista=reglas&dia=2025-01-15');
  await page.getByText(/Se muestra cómo era el 15 de enero de 2025/).waitFor();
  await page
    .locator('[aria-current="true"]')
    .getByText(/Acuerdo 001 de 2024/)
    .waitFor();
  await page.getByRole('button', { name: 'Volver a hoy' }).press('Enter');
  await page
    .locator('[aria-current="true"]')
    .getByText(/Acuerdo 001 de 2025/)
    .waitFor();
});

test('a person is registered with a compound name, and the contact is kept apart', async () => {
  await house.go('/integrantes?vista=personas');
  await page.keyboard.press('Control+n');
  await dialog().waitFor();
  assert.deepEqual(await house.violations(), []);
  await dialog().getByLabel('Nombres').fill("Ana D'Arc");
  await dialog().getByLabel('Apellidos').fill('de la Hoz-Ñungo');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('heading', { name: "Ana D'Arc de la Hoz-Ñungo" }).waitFor();
  await page.getByRole('button', { name: 'Cambiar contacto…' }).press('Enter');
  await dialog()
    .getByLabel(/Correo/)
    .fill('no es un correo');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await dialog().locator('.error').waitFor();
  await dialog()
    .getByLabel(/Correo/)
    .fill('ana@demo.invalid');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByText('ana@demo.invalid').waitFor();
});

test('a permanent invitee is added with its entity, and removed', async () => {
  await house.go('/integrantes?vista=instancia');
  await page.getByRole('button', { name: 'Agregar invitado…' }).press('Enter');
  await dialog().getByLabel('Entidad u organización').fill('Veeduría Distrital');
  await dialog()
    .getByLabel(/Es la entidad distrital/)
    .focus();
  await page.keyboard.type('hacienda');
  await page
    .getByRole('option', { name: /Hacienda/ })
    .first()
    .waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog()
    .getByLabel(/Observación/)
    .fill('Desde la sesión 3');
  assert.deepEqual(await house.violations(), []);
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  const row = page.getByRole('listitem').filter({ hasText: 'Veeduría Distrital' });
  await row.getByText(/Hacienda · Desde la sesión 3/).waitFor();
  const [body] = await house.call('list_bodies');
  const invitees = async () => (await house.call('get_body', { body_id: body.id })).invitees.map((one) => one.name);
  assert.ok((await invitees()).includes('Veeduría Distrital'));
  await row.getByRole('button', { name: /Acciones de/ }).press('Enter');
  await page.getByRole('menuitem', { name: 'Quitar' }).press('Enter');
  await row.waitFor({ state: 'detached' });
  assert.ok(!(await invitees()).includes('Veeduría Distrital'));
});

test('a partner is registered with its class', async () => {
  await house.go('/integrantes?vista=entidades');
  await page.getByRole('button', { name: 'Agregar cooperante…' }).press('Enter');
  await dialog().getByLabel('Nombre oficial').fill('Ayuntamiento de Málaga');
  await dialog().getByLabel(/País/).fill('España');
  assert.deepEqual(await house.violations(), []);
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('button', { name: 'Ayuntamiento de Málaga' }).waitFor();
  const { partners } = await house.call('list_catalogs');
  assert.equal(partners.find((one) => one.name === 'Ayuntamiento de Málaga').country, 'España');
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
