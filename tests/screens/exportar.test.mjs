// Any list leaves as a file: as a workbook or as text, with the filters in force, where the person says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;
const { folder } = await house.test('state');
const BODY = (await house.call('list_bodies'))[0].id;

/** Asks for the list of the screen by its key, in one of the forms, and gives the bytes that were saved. */
async function exported(name, format, says = []) {
  const path = join(folder, `${name}.${format}`);
  await house.test('pick', { paths: [path] });
  await page.keyboard.press('Control+Shift+S');
  await house.asked('Exportar:');
  const dialog = page.locator('.dialog');
  for (const text of says) await dialog.getByText(text).first().waitFor();
  await dialog.getByRole('radio', { name: format === 'csv' ? /CSV/ : /XLSX/ }).press('Space');
  await page.keyboard.press('Control+Enter');
  await page.getByText(`Se exportó en ${path}`).waitFor();
  await dialog.waitFor({ state: 'detached' });
  return readFile(path);
}

/** The rows of a CSV as it must be: with its mark and semicolons. */
function rowsOf(bytes) {
  const text = bytes.toString('utf8');
  assert.ok(text.startsWith('\u{feff}'), 'without its mark Excel misreads accents');
  const lines = text.slice(1).trimEnd().split('\r\n');
  assert.ok(lines[0].includes(';'));
  return lines;
}

test('the commitments leave with the filters in force, and the notice tells where', async () => {
  await house.restart('/compromisos?estado=all&entidad=ent-dpi');
  const { total } = await house.call('list_commitments', { entity_id: 'ent-dpi' });
  assert.ok(total > 1);
  const rows = rowsOf(await exported('compromisos', 'csv', [`${total} compromisos`]));
  assert.match(rows[0], /^Compromiso;/);
  assert.equal(rows.length, total + 1);
  await page.getByRole('button', { name: 'Mostrar la carpeta' }).waitFor();
  await house.go('/compromisos?estado=closed');
  const closed = await house.call('list_commitments', { state: 'closed' });
  const some = rowsOf(await exported('cumplidos', 'csv', ['Estado: Cumplidos']));
  assert.equal(some.length, closed.total + 1);
});

test('from the menu of the screen too, and what it will hold is said before', async () => {
  await house.go('/compromisos?estado=overdue');
  await house.enter('Más acciones');
  await house.inMenu('Exportar…');
  await house.asked('Exportar: Compromisos');
  assert.deepEqual(await house.inBothThemes('exportar'), []);
  await page.keyboard.press('Escape');
  await page.locator('.dialog').waitFor({ state: 'detached' });
  // Left in the platform's dialog: nothing is written and the question stays.
  await house.go('/sesiones?año=2025');
  await page.getByRole('button', { name: 'Exportar…' }).press('Enter');
  await house.asked('Exportar: Sesiones');
  await page.locator('.dialog').getByText('Año 2025').waitFor();
  await house.test('pick', { paths: [] });
  await page.keyboard.press('Control+Enter');
  await house.quiet();
  await house.asked('Exportar: Sesiones');
  await page.keyboard.press('Escape');
});

test('every list has it: the same rows as on the screen', async () => {
  const of2025 = { body_id: BODY, year: 2025 };
  const places = [
    [`/sesiones?año=2025&instancia=${BODY}`, 'Sesión;', (await house.call('list_sessions', of2025)).total],
    ['/propuestas?estado=filed', 'Código;', (await house.call('list_proposals', { status: ['filed'] })).total],
    [`/actas?año=2025&instancia=${BODY}`, 'Acta;', (await house.call('list_minutes', of2025)).total],
    [
      `/integrantes?instancia=${BODY}`,
      'N.º;Puesto;',
      (await house.call('list_members', { body_id: BODY })).seats.length,
    ],
    ['/integrantes?vista=personas', 'Nombre completo;', (await house.call('list_people', {})).total],
    [
      `/integrantes?vista=delegaciones&instancia=${BODY}`,
      'Puesto n.º;',
      (await house.call('list_delegations', { body_id: BODY })).length,
    ],
    [
      `/integrantes?vista=asistencia&instancia=${BODY}`,
      'N.º;Puesto;',
      (await house.call('attendance_statistics', { body_id: BODY })).seats.length,
    ],
    [
      `/plan?instancia=${BODY}&año=2025`,
      'N.º;Actividad;',
      (await house.call('get_work_plan', of2025)).activities.length,
    ],
    [`/papeles/decisiones?instancia=${BODY}&año=2025`, 'Número;Año;', null],
    ['/sesiones/ses-2025-01/acta', 'Punto;', null],
    [
      '/sesiones/ses-2025-01/preparar?vista=documentos',
      'N.º;Título;',
      (await house.call('list_annexes', { owner: 'session', owner_id: 'ses-2025-01' })).length,
    ],
    [`/actas/reservada?instancia=${BODY}`, 'Acta;', (await house.call('withheld_index', { body_id: BODY })).length],
    ['/historial', 'N.º;Fecha y hora;', null],
  ];
  for (const [i, [place, head, count]] of places.entries()) {
    await house.go(place);
    const lines = rowsOf(await exported(`lista-${i}`, 'csv'));
    assert.ok(lines[0].startsWith(head), `${place}: ${lines[0]}`);
    if (count !== null && !lines.some((line) => line.includes('"'))) assert.equal(lines.length, count + 1, place);
    else if (count === null) assert.ok(lines.length > 2, place);
  }
});

test('as a workbook, a list that is searched, an empty one, one that cannot be written', async () => {
  await house.go('/integrantes?vista=personas');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('peña');
  const found = await house.call('list_people', { text: 'peña' });
  await house.says(`${found.total} persona`);
  const book = await exported('personas', 'xlsx', ['Con «peña»']);
  assert.equal(book.subarray(0, 2).toString(), 'PK');
  // The next one is proposed in the same form.
  await house.go('/propuestas?texto=nadalohalla');
  await page.keyboard.press('Control+Shift+S');
  await house.asked('La lista no tiene filas');
  assert.ok(await page.getByRole('radio', { name: /XLSX/ }).isChecked());
  await house.test('pick', { paths: [join(folder, 'no', 'hay', 'propuestas.xlsx')] });
  await page.keyboard.press('Control+Enter');
  await page.locator('.dialog [role="alert"]').waitFor();
  await page.keyboard.press('Escape');
  await house.go('/propuestas?texto=nadalohalla');
  assert.equal(rowsOf(await exported('vacia', 'csv')).length, 1);
});

test('Ctrl+K begins it; in English, at the smallest window', async () => {
  await house.prefer({ language: 'en', text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/historial');
  await house.command('Export: History');
  await house.asked('Export: History');
  assert.deepEqual(await house.inBothThemes('exportar-pequena'), []);
  await page.keyboard.press('Escape');
  assert.deepEqual(house.complaints, []);
});
