// An archive given to the program: a double click in the folder, at the start or while another archive is open.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';

let house;
let page;
let folder;
before(async () => {
  house = await openHouse({ demo: false, person: null });
  page = house.page;
  page.setDefaultTimeout(8_000);
  folder = (await house.test('state')).folder;
  for (const name of ['uno', 'dos']) {
    await house.call('create_archive', {
      path: join(folder, `${name}.actario`),
      demo: name === 'dos',
    });
    await house.call('close_archive');
  }
});
after(() => house?.close());
const give = (name) => house.test('give', { paths: [join(folder, name)] });
const isOpen = (name) => page.locator('nav.sidebar').getByText(name, { exact: true }).waitFor();

test('who starts it for the first time with a file says first who they are, and then it opens', async () => {
  await page.goto('about:blank');
  await give('uno.actario');
  await house.restart('/');
  await page.getByRole('textbox').first().focus();
  await page.keyboard.type('Gloria Peña');
  await page.keyboard.press('Tab');
  await page.keyboard.type('secretaria técnica');
  assert.equal(await house.call('archive_state'), null, 'nothing is written without an author');
  await page.keyboard.press('Enter');
  await isOpen('uno');
});

test('another one opens in the same window, and all that is seen is of it', async () => {
  await give('dos.actario');
  await isOpen('dos');
  await page.getByRole('heading', { name: 'Hoy' }).waitFor();
  await page.getByText('Comisión Intersectorial para la Internacionalización').first().waitFor();
  assert.equal(await page.getByText('Primeros pasos').count(), 0, 'nothing of the first archive is seen');
});

test('one that does not open is told, and the one that was open stays', async () => {
  writeFileSync(join(folder, 'carta.actario'), 'no es un archivo de Actario');
  await give('carta.actario');
  await page.getByRole('alert').getByText('El archivo no es un archivo de Actario, o tiene contraseña.').waitFor();
  await isOpen('dos');
});

test('given at the start, the first screen tells what is wrong with it', async () => {
  await house.call('close_archive');
  await page.goto('about:blank');
  await give('carta.actario');
  await house.restart('/');
  await page.getByRole('heading', { name: 'No se abrió «carta.actario»' }).waitFor();
  await page.getByText('El archivo no se tocó.').waitFor();
  assert.deepEqual(await house.violations(), []);
  await give('uno.actario');
  await isOpen('uno');
  assert.deepEqual(house.complaints, []);
});
