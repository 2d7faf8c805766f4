// Members by keyboard on the real core: any day's seats, an appointment, a delegation, rules, and an archive set up from nothing.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';

let house;
let page;
before(async () => {
  house = await openHouse();
  page = house.page;
  page.setDefaultTimeout(15_000);
});
after(() => house.close());

const dialog = () => page.getByRole('dialog');

test('every view of the body is read without violations', async () => {
  for (const [view, name] of [
    ['fila=com-hacienda', 'integrantes'],
    ['vista=personas&fila=per-004', 'integrantes-personas'],
    ['vista=delegaciones', 'integrantes-delegaciones'],
    ['vista=reglas', 'integrantes-reglas'],
    ['vista=instancia', 'integrantes-instancia'],
    ['vista=entidades', 'integrantes-entidades'],
    ['vista=calendario', 'integrantes-calendario'],
  ]) {
    await house.go(`/integrantes?${view}`);
    assert.deepEqual(await house.inBothThemes(name), []);
  }
});

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

test('an archive from nothing: body, seat, holder and rules by window', async () => {
  await house.call('close_archive');
  const { folder } = await house.test('state');
  await house.call('create_archive', { path: join(folder, 'nueva.actario'), demo: false });
  await house.restart('/integrantes');
  await page.getByText(/Todavía no hay instancias/).waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.press('Control+n');
  await dialog().getByLabel('Nombre, como se imprime').fill('Comisión de prueba');
  assert.deepEqual(await house.violations(), []);
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByText(/Todavía no hay puestos/).waitFor();
  await page.keyboard.press('Control+n');
  await dialog().getByLabel('Nombre del puesto').fill('Presidencia de la Comisión');
  await dialog().getByLabel('Presidencia', { exact: true }).press('Space');
  await dialog().getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('heading', { name: 'Presidencia de la Comisión' }).waitFor();

  await page.getByRole('button', { name: 'Nombrar…' }).press('Enter');
  await dialog().getByLabel('Persona').focus();
  await page.keyboard.type('Beatriz Oñate y Muñoz');
  await page.getByRole('option', { name: /Registrar a/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.dialog input')?.value.includes('Beatriz'));
  await dialog().getByRole('button', { name: 'Nombrar' }).press('Enter');
  await page.getByRole('button', { name: 'Beatriz Oñate y Muñoz', exact: true }).waitFor();

  await page.getByRole('tab', { name: 'Reglas' }).press('Enter');
  await page.getByRole('button', { name: 'Registrar reglas…' }).press('Enter');
  await dialog().getByRole('spinbutton', { name: 'Primer día en que rigen día' }).focus();
  await page.keyboard.type('01012026');
  await dialog().getByRole('button', { name: 'Crear versión' }).press('Enter');
  await page.getByRole('button', { name: 'Agregar mayoría' }).waitFor();
  assert.deepEqual(await house.inBothThemes('integrantes-reglas-corregir'), []);
  await page.getByLabel('Espera a la hora convocada, en minutos').fill('15');
  await page.keyboard.press('Tab');
  await page.getByText(/se esperan 15 minutos/).waitFor();
  await page.getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('button', { name: 'Corregir…' }).waitFor();
  const [body] = await house.call('list_bodies');
  const [line] = await house.call('list_rule_sets', { body_id: body.id });
  assert.equal((await house.call('get_rule_set', { id: line.id })).rules.grace_minutes.value, 15);
  const [seat] = (await house.call('list_members', { body_id: body.id })).seats;
  assert.equal(seat.current.person.sort_name, 'Oñate y Muñoz, Beatriz');
  assert.deepEqual(house.complaints, []);
});
