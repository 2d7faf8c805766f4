// The first screen when an archive does not open: no archive, newer, in use, damaged. What happened, what was kept,
// what to do.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories, startServer } from './house.mjs';

const house = await houseOfStories({ demo: false });
const { page, says, enter } = house;
const folder = async () => (await house.test('state')).folder;

/** Asks for a file of the test's folder with the dialog of the platform. */
async function openFile(name) {
  await house.test('pick', { paths: [join(await folder(), name)] });
  await enter('Abrir un archivo…');
  await page.getByRole('heading', { name: `No se abrió «${name}»` }).waitFor();
}

test('a file that is no archive is refused with a sentence, and nothing is lost', async () => {
  const path = join(await folder(), 'carta.actario');
  writeFileSync(path, 'no es un archivo de Actario');
  await openFile('carta.actario');
  await says('El archivo no es un archivo de Actario, o tiene contraseña.');
  await says('El archivo no se tocó.');
  assert.deepEqual(await house.inBothThemes('inicio-no-es-archivo'), []);
  assert.equal(readFileSync(path, 'utf8'), 'no es un archivo de Actario');
});

test('an archive of a newer program is refused, and says which version is needed', async () => {
  const path = join(await folder(), 'entera.actario');
  await house.call('create_archive', { path, demo: true });
  await house.call('backup_archive', { dir: join(await folder(), 'copias') });
  await house.call('close_archive');
  const newer = join(await folder(), 'nueva.actario');
  copyFileSync(path, newer);
  const bytes = readFileSync(newer);
  bytes.writeUInt32BE(99, 60); // SQLite keeps PRAGMA user_version at byte 60 of the file
  writeFileSync(newer, bytes);
  await openFile('nueva.actario');
  await says(/versión más nueva de Actario \(formato 99; esta versión lee hasta el \d+\)\. Actualice el programa/);
  await says('se abre con la versión nueva del programa');
  assert.deepEqual(await house.inBothThemes('inicio-mas-nuevo'), []);
  assert.ok(bytes.equals(readFileSync(newer)));
});

test('one that another has open: who, where, since when; it can be read, and opened when it is free', async () => {
  const path = join(await folder(), 'entera.actario');
  const other = await startServer('2025-12-30T13:05:00Z');
  const post = (what, body) =>
    fetch(`${other.address}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  await post('shell/set_preferences', { change: { actor: { name: 'Ana Ruiz', role: 'auxiliar' } } });
  assert.ok((await post('call/open_archive', { path })).ok);
  await openFile('entera.actario');
  await says(/^Ana Ruiz tiene abierto este archivo en el equipo/);
  await says('las 08:05 del 30 de diciembre de 2025');
  assert.deepEqual(await house.inBothThemes('inicio-en-uso'), []);
  await enter('Abrir solo para leer');
  await page.locator('nav.sidebar').waitFor();
  assert.equal((await house.call('archive_state')).writable, false);
  await house.call('close_archive');
  await house.restart('/inicio');
  await openFile('entera.actario');
  await post('call/close_archive', {});
  await enter('Reintentar');
  await page.locator('nav.sidebar').waitFor();
  assert.equal((await house.call('archive_state')).writable, true);
  await house.call('close_archive');
  other.server.kill();
  await house.restart('/inicio');
});

test('a damaged one: the file stays, and a backup is recovered beside it', async () => {
  const cut = readFileSync(join(await folder(), 'entera.actario')).subarray(0, 300_000);
  writeFileSync(join(await folder(), 'cortada.actario'), cut);
  await openFile('cortada.actario');
  await says('El archivo está dañado o incompleto.');
  await says('El archivo sigue en su lugar, sin cambios.');
  await says('no hay copias de seguridad hechas por el programa');
  await house.test('pick', { paths: [join(await folder(), 'copias')] });
  await enter('Buscar copias en otra carpeta…');
  await page.getByRole('button', { name: /^Recuperar…/ }).waitFor();
  assert.deepEqual(await house.inBothThemes('inicio-danado'), []);
  const taken = join(await folder(), 'carta.actario');
  await house.test('pick', { paths: [taken] });
  await enter(/^Recuperar…/);
  await says(/Ya hay un archivo o una carpeta en/);
  await house.test('pick', { paths: [join(await folder(), 'recuperada.actario')] });
  await enter(/^Recuperar…/);
  await page.locator('nav.sidebar').waitFor();
  assert.equal((await house.call('list_minutes', {})).total, 5);
  assert.ok(cut.equals(readFileSync(join(await folder(), 'cortada.actario'))));
  await house.call('close_archive');
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/inicio');
  await house.test('pick', { paths: [join(await folder(), 'cortada.actario')] });
  await enter('Open an archive…');
  await page.getByText('The file is where it was, unchanged.').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
