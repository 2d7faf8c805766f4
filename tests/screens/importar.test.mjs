// Rows of a sheet come into a list: what the columns are, what each row would do, one act and one undo.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;
const { folder } = await house.test('state');
const rows = () => page.getByRole('grid', { name: 'Filas del archivo' }).locator('tbody tr');
const fateOf = async (n) => (await rows().nth(n).locator('td').nth(1).innerText()).trim();

/** Chooses a file as the platform's dialog gives it. */
async function choose(name, bytes) {
  const path = join(folder, name);
  if (bytes !== undefined) await writeFile(path, bytes);
  await page.locator('input[type="file"]').first().setInputFiles(path);
  await house.quiet();
}
/** Chooses in the list of that field, by its keys. */
async function say(field, word) {
  await page.getByRole('combobox', { name: field }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.choices').waitFor();
  await page.keyboard.type(word);
  await page.locator('.choices [data-highlighted]', { hasText: word }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.choices').waitFor({ state: 'detached' });
}

const people = await house.call('list_people', {});
const known = people.people.find((one) => one.position);
const CSV = [
  'Nombre completo;Oficio;Tratamiento;Nivel',
  'Úrsula Ñungo Ibáñez;Asesora;Dra.;Asesor',
  `${known.full_name};Vocería nueva;;`,
  'Saúl de la Hoz;Analista;Sr.;jefe supremo',
  'Nubia Nueva Ñáñez;Enlace;Sra.;Profesional',
].join('\r\n');

test('from the people, a file is chosen and each row says what it would do', async () => {
  await house.restart('/integrantes?vista=personas');
  await house.enter('Más acciones');
  await house.inMenu('Importar…');
  await page.getByRole('heading', { level: 1, name: 'Importar personas' }).waitFor();
  assert.deepEqual(await house.inBothThemes('importar-archivo'), []);
  const before = await house.call('list_journal', { limit: 1 });
  await choose('personas.csv', CSV);
  await rows().first().waitFor();
  // "Oficio" is no title that is known: it is said by hand, and then the one who is there changes.
  assert.equal(await rows().count(), 3);
  await page.getByText('1 fila ya está igual').waitFor();
  await say(/Campo de la columna B/, 'Cargo');
  await page.waitForFunction(() => document.querySelectorAll('main tbody tr').length === 4);
  await house.quiet();
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(fateOf)), ['Nueva', 'Cambia', 'Rechazada', 'Nueva']);
  await rows().nth(2).focus();
  await page.keyboard.press('Space');
  await page.locator('.told').getByText(/^D4: /).waitFor();
  assert.deepEqual(await house.inBothThemes('importar-filas'), []);
  assert.deepEqual(await house.call('list_journal', { limit: 1 }), before, 'nothing is written yet');
});

test('one act records them, without the refused one once that is said, and one undo takes all back', async () => {
  await page.keyboard.press('Control+Enter');
  await house.asked('1 fila no se puede registrar');
  assert.deepEqual(await house.inBothThemes('importar-rechazadas'), []);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/integrantes/);
  await page
    .getByText(/Se importaron 3 filas/)
    .first()
    .waitFor();
  await house.says('Ñungo Ibáñez');
  assert.equal((await house.call('list_people', {})).total, people.total + 2);
  assert.equal((await house.call('list_people', { text: 'vocería nueva' })).total, 1);
  await page.keyboard.press('Control+z');
  await page.getByText('Ñungo Ibáñez').first().waitFor({ state: 'detached' });
  assert.equal((await house.call('list_people', {})).total, people.total);
  assert.equal((await house.call('list_people', { text: 'vocería nueva' })).total, 0);
});
