// A paper is printed by keyboard from where it is seen: which printer, how many, which pages; and what a printer refuses.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { spooler } from './spooler.mjs';

const print = spooler();
const house = await houseOfStories({ programs: print.folder });
after(() => print.end());
const { page } = house;

const SECRETARIA = { name: 'Secretaria', description: 'Impresora de la secretaría', location: 'Piso 4' };
const OFICINA = { name: 'Oficina', doing: 'disabled', reason: 'Sin papel en la bandeja' };
const ACTA = '/sesiones/ses-2025-01/acta';
const ROTULO = 'Acta n.º 1 de 2025';

const dialog = page.locator('.dialog');
/** Opens the dialog with Ctrl+P, once the pages are there. */
async function ask() {
  await page
    .getByText(/^Página 1 de/)
    .first()
    .waitFor();
  await page.keyboard.press('Control+p');
  await house.asked('Imprimir');
  await house.quiet();
}
const gone = () => dialog.waitFor({ state: 'detached' });
/** Goes to the field of that name and writes in it. */
async function write(name, text) {
  await page.getByLabel(name, { exact: true }).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}
/** Goes to the list of that name and chooses in it. */
async function choose(name, option) {
  await dialog.getByRole('combobox', { name }).focus();
  await page.keyboard.press('Enter');
  const entry = page.getByRole('option', { name: option });
  await entry.waitFor();
  for (let down = 0; down < 8; down += 1) {
    if ((await entry.getAttribute('data-highlighted')) !== null) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
}

test('the default printer, everything, on the paper of the document', async () => {
  print.has(SECRETARIA, OFICINA);
  print.left(SECRETARIA);
  await house.go(ACTA);
  await ask();
  await page.waitForFunction(() => document.activeElement?.textContent === 'Imprimir');
  await house.says('22 páginas, papel carta');
  await house.says('lista · Piso 4 · predeterminada');
  assert.deepEqual(await house.inBothThemes('imprimir'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.inBothThemes('imprimir-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
  print.slow(true);
  await page.keyboard.press('Control+Enter');
  await house.says('Se envía a la impresora…');
  print.slow(false);
  await house.says('Enviado a «Secretaria»: impresión Secretaria-1.');
  await gone();
  const { options, file, paper } = print.given();
  assert.match(options, new RegExp(`^-d Secretaria -n 1 -o collate=true -o media=Letter -t ${ROTULO}`));
  assert.equal(paper.subarray(0, 5).toString(), '%PDF-');
  assert.equal(existsSync(file), false, 'the private file is gone once the spooler has the paper');
});

test('some pages, several copies, both sides; the printer and the sides are proposed again', async () => {
  await ask();
  await write('Copias', '3');
  await choose('Caras', 'Dos caras, como un libro');
  await page.getByRole('radio', { name: 'Algunas' }).focus();
  await page.keyboard.press('Space');
  await house.inField('Cuáles páginas');
  await page.keyboard.press('Control+Enter');
  await house.says('Falta decir cuáles páginas.');
  await page.keyboard.type('1-3,40');
  await page.keyboard.press('Control+Enter');
  await house.says('El documento tiene 22 páginas: no hay página 40. No se imprimió nada.');
  assert.equal(print.given(), null);
  assert.deepEqual(await house.inBothThemes('imprimir-paginas'), []);
  await write('Cuáles páginas', '5,1-3');
  await page.keyboard.press('Control+Enter');
  await gone();
  assert.match(
    print.given().options,
    /^-d Secretaria -n 3 -o collate=true -o sides=two-sided-long-edge -o media=Letter -o page-ranges=1-3,5 -t /,
  );
  await ask();
  await house.says('Dos caras, como un libro');
  await page.keyboard.press('Escape');
  await gone();
});

test('what is on its way is taken back; a printer that stops is told', async () => {
  print.left({ ...SECRETARIA, doing: 'disabled', reason: 'Bandeja abierta' }, 'Secretaria-3');
  await ask();
  await page.keyboard.press('Control+Enter');
  await gone();
  assert.match(print.given().options, /^-d Secretaria /);
  await house.says('La impresora «Secretaria» se detuvo (Bandeja abierta) y la impresión espera.');
  assert.deepEqual(await house.inBothThemes('imprimir-detenida'), []);
  await page.getByRole('alert').getByRole('button', { name: 'Cancelar impresión' }).focus();
  await page.keyboard.press('Enter');
  await house.says('Se canceló la impresión Secretaria-3. El documento sigue donde estaba.');
  assert.equal(print.cancelled(), 'Secretaria-3');
});

test('a stopped printer says why and what to do; another one, or the file, is the way out', async () => {
  await ask();
  await choose('Impresora', 'Oficina');
  await house.says('La impresora «Oficina» está detenida (Sin papel en la bandeja).');
  assert.deepEqual(await house.inBothThemes('imprimir-no-recibe'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.inBothThemes('imprimir-no-recibe-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.keyboard.press('Control+Enter');
  await house.says('La impresora elegida no recibe documentos ahora.');
  assert.equal(print.given(), null, 'it is not sent');
  // Somebody puts paper in.
  print.has(SECRETARIA, { name: 'Oficina' });
  await house.enter('Volver a consultar');
  await page.getByText('detenida').first().waitFor({ state: 'detached' });
  // It closes between the question and the answer.
  print.has(SECRETARIA, { name: 'Oficina', closed: 'En mantenimiento' });
  await page.keyboard.press('Control+Enter');
  await house.says('La impresora «Oficina» no recibe documentos (En mantenimiento).');
  await dialog.getByRole('button', { name: 'Guardar PDF…' }).focus();
  await page.keyboard.press('Enter');
  await house.handled('.pdf');
  await page.keyboard.press('Escape');
  await gone();
});

test('without printers, or with the service off, it says so and offers the file', async () => {
  print.has();
  await ask();
  await house.says('Este equipo no tiene ninguna impresora.');
  assert.deepEqual(await house.inBothThemes('imprimir-ninguna'), []);
  print.off();
  await house.enter('Volver a consultar');
  await house.says('El servicio de impresión de este equipo está apagado.');
  print.has(SECRETARIA);
  await house.enter('Volver a consultar');
  await house.says('lista · Piso 4 · predeterminada');
  await page.keyboard.press('Escape');
  await gone();
});

test('from Ctrl+K, the papers of a session; in English too', async () => {
  await house.prefer({ language: 'en' });
  await house.restart('/hoy');
  await house.command('Print the minutes');
  await house.asked('Print');
  await house.says('ready · Piso 4 · default');
  assert.deepEqual(await house.inBothThemes('imprimir-en'), []);
  await page.keyboard.press('Control+Enter');
  await house.says('Sent to “Secretaria”: print job Secretaria-4.');
  assert.match(print.given().options, /-d Secretaria -n 1 .*-t Minutes/);
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
