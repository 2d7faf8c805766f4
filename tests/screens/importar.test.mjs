// Rows of a sheet come into a list: what the columns are, what each row would do, one act and one undo.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;
const { folder } = await house.test('state');
const rows = () => page.getByRole('grid', { name: 'Filas del archivo' }).locator('tbody tr');
const fateOf = async (n) => (await rows().nth(n).locator('td').nth(1).innerText()).trim();

/** Writes a file and chooses it: the button asks for it, and keeps the keys. */
async function choose(name, bytes) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const asked = page.waitForEvent('filechooser');
  await house.enter('Elegir archivo…');
  await (await asked).setFiles(path);
  await page.getByText(`Elegido: ${name}`).waitFor();
  await house.quiet();
}
/** Waits for what the rows would do, in words. */
const outcome = (text) => page.locator('[aria-live="polite"]').getByText(text).waitFor({ state: 'attached' });
/** The choice of the rows of one fate, with how many they are. */
const filter = (words) => page.getByRole('button', { name: words, exact: true });
/** A list as it leaves. */
const exported = async (list) =>
  Buffer.from((await house.call('export_list', { list, format: 'xlsx' })).base64, 'base64');
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
  await house.many(rows(), 4);
  await house.enter('Iguales 1');
  await house.many(rows(), 1);
  await rows().first().focus();
  await page.keyboard.press('Space');
  await page.locator('.told').getByText('Igual: ya está así en el archivo y no se toca.').waitFor();
  assert.equal(await page.locator('.told dd').innerText(), known.full_name, 'its own words are said');
  await house.enter('Todas 4');
  await say(/Campo de la columna B/, 'Cargo');
  await filter('Iguales 0').waitFor();
  await house.quiet();
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map(fateOf)), ['Nueva', 'Cambia', 'Rechazada', 'Nueva']);
  // A new row says in itself what is recorded of it, and all of it below.
  assert.match(await rows().nth(0).innerText(), /Tratamiento: Dra\. · Cargo: Asesora · Nivel: Asesor/);
  await rows().nth(0).focus();
  await page.keyboard.press('Space');
  await page.locator('.told').getByText('Nueva: se registra lo que dice.').waitFor();
  assert.deepEqual(await page.locator('.told dl > div').evaluateAll((all) => all.map((one) => one.innerText)), [
    'Nombre completo\nÚrsula Ñungo Ibáñez',
    'Tratamiento\nDra.',
    'Cargo\nAsesora',
    'Nivel\nAsesor',
  ]);
  assert.deepEqual(await house.inBothThemes('importar-nueva'), []);
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

test('what was exported is there already, just so', async () => {
  const body = (await house.call('list_bodies'))[0].id;
  const lists = [
    ['personas', { kind: 'people', filter: {} }, people.total],
    [
      'puestos',
      { kind: 'members', filter: { body_id: body } },
      (await house.call('list_members', { body_id: body })).seats.length,
    ],
    [
      'propuestas',
      { kind: 'proposals', filter: { body_id: body } },
      (await house.call('list_proposals', { body_id: body })).total,
    ],
    [
      'compromisos',
      { kind: 'commitments', filter: { body_id: body } },
      (await house.call('list_commitments', { body_id: body })).total,
    ],
  ];
  for (const [place, list, count] of lists) {
    await house.go(`/importar/${place}?instancia=${body}`);
    await choose(`${place}.xlsx`, await exported(list));
    const told = await house.call('read_sheet', {
      file: { name: `${place}.xlsx`, base64: (await exported(list)).toString('base64') },
    });
    assert.equal(told.sheets[0].row_count, count, place);
    await outcome(/Rechazadas: 0/);
    await filter(`Iguales ${count}`).waitFor();
    assert.equal(await rows().first().locator('td').nth(1).innerText(), 'Igual');
    await page.getByText('Todas las filas ya están en el archivo, sin diferencias.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Importar/ }).getAttribute('aria-disabled'), 'true', place);
  }
});

test('a workbook of several sheets, titles further down, and a list it seems to be of', async () => {
  // As offices keep them: a cover, then the table under a title of its own.
  const script = `
import sys, zipfile
cell = lambda at, text: f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
def sheet(rows):
    lines = ''.join(f'<row r="{n}">' + ''.join(cell('ABCDE'[i] + str(n), t) for i, t in enumerate(cells) if t) + '</row>' for n, cells in rows)
    return f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{lines}</sheetData></worksheet>'
rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
types = ''.join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for n in (1, 2))
with zipfile.ZipFile(sys.argv[1], 'w') as z:
    z.writestr('[Content_Types].xml', f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>')
    z.writestr('_rels/.rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    z.writestr('xl/workbook.xml', f'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{rel}"><sheets><sheet name="Portada" sheetId="1" r:id="r1"/><sheet name="Directorio" sheetId="2" r:id="r2"/></sheets></workbook>')
    z.writestr('xl/_rels/workbook.xml.rels', f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{rel}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>')
    z.writestr('xl/worksheets/sheet1.xml', sheet([(1, ['Directorio de enlaces de 2026'])]))
    z.writestr('xl/worksheets/sheet2.xml', sheet([(1, ['Directorio']), (3, ['Quién', 'Cargo', 'Entidad', 'Cargo']), (4, ['Zoraida Ñáñez', 'Enlace', 'Universidad X', 'otro']), (5, ['Ximena Ñúñez', 'Asesora', 'Universidad X', 'otro'])]))
`;
  const path = join(folder, 'libro.xlsx');
  execFileSync('python3', ['-c', script, path]);
  await house.go('/importar/propuestas');
  const asked = page.waitForEvent('filechooser');
  await house.enter('Elegir archivo…');
  await (await asked).setFiles(path);
  await page.getByText('Falta decir qué columna es: Título.').waitFor();
  await say('Hoja', 'Directorio');
  await house.quiet();
  await house.enter('Importar como personas');
  await page.getByRole('heading', { level: 1, name: 'Importar personas' }).waitFor();
  await page.getByText('Falta decir qué columna es: Nombre completo.').waitFor();
  assert.deepEqual(await house.inBothThemes('importar-columnas'), []);
  await say(/Campo de la columna A/, 'Nombre completo');
  await outcome('Nuevas: 2.');
  // The second column of the same title is no field until it is said, and then the first one no longer is.
  await say(/Campo de la columna D/, 'Cargo');
  assert.match(await page.getByRole('combobox', { name: /Campo de la columna B/ }).innerText(), /No se importa/);
  // Another row of titles: the columns go by it, what it does not name is no field, and what was said by hand stays.
  const head = page.getByLabel('Fila de los títulos');
  const fields = () =>
    page
      .getByRole('combobox', { name: /Campo de la columna/ })
      .evaluateAll((all) => all.map((one) => one.innerText.trim()));
  assert.deepEqual(await fields(), ['Nombre completo', 'No se importa', 'Entidad u organización', 'Cargo']);
  await head.fill('4');
  await head.press('Tab');
  await outcome('Nuevas: 1.');
  await page.getByRole('combobox', { name: 'Campo de la columna A, Zoraida Ñáñez' }).waitFor();
  assert.deepEqual(await fields(), ['Nombre completo', 'No se importa', 'No se importa', 'Cargo']);
  assert.match(await rows().first().innerText(), /Ximena Ñúñez[^]*Cargo: otro/);
  await head.fill('3');
  await head.press('Tab');
  await outcome('Nuevas: 2.');
  assert.deepEqual(await fields(), ['Nombre completo', 'No se importa', 'Entidad u organización', 'Cargo']);
  // Left empty, the row is the one that looks like it.
  await head.fill('');
  await head.press('Tab');
  await house.quiet();
  assert.equal(await head.inputValue(), '3');
});

test('of thousands of rows, those in sight are drawn and the last one is reached', async () => {
  await house.go('/importar/personas');
  const many = Array.from({ length: 3000 }, (_, i) => `Persona de prueba ${i + 1};Enlace ${i + 1}`);
  await choose('muchas.csv', ['Nombre;Cargo', ...many].join('\n'));
  await outcome('Nuevas: 3000.');
  await rows().nth(1).focus();
  await page.keyboard.press('End');
  await page.locator('.told').getByText('Fila 3001, Persona de prueba 3000.').waitFor();
  await page.locator('.told').getByText('Enlace 3000', { exact: true }).waitFor();
  assert.ok((await rows().count()) < 100, 'only the rows in sight are drawn');
});

test('a file that is no sheet says why, nothing is lost and another one is chosen', async () => {
  await house.go('/importar/personas');
  const before = (await house.call('list_journal', { limit: 1 }))[0].seq;
  for (const [name, bytes, words] of [
    ['clave.xlsx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /contraseña/],
    ['danado.xlsx', 'PK\u0003\u0004', /dañado/],
    ['vacio.csv', '\n\n', /ninguna fila/],
    ['grande.csv', Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), /más de 10 MB/],
  ]) {
    await choose(name, bytes);
    await page.getByText(words).waitFor();
  }
  assert.deepEqual(await house.inBothThemes('importar-malo'), []);
  await choose('buena.csv', 'Nombre;Cargo\r\nZulma Ñuñuwe;Enlace');
  await outcome('Nuevas: 1.');
  assert.equal((await house.call('list_journal', { limit: 1 }))[0].seq, before);
  // What was undone elsewhere is seen here at once.
  await house.call('put_person', { full_name: 'Zulma Ñuñuwe', position: 'Enlace' });
  await filter('Iguales 1').waitFor();
});

test('in English, in the smallest window; an archive open only to read takes nothing in', async () => {
  await house.prefer({ language: 'en', text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/hoy');
  await house.command('Import commitments');
  await page.getByRole('heading', { level: 1, name: 'Import commitments' }).waitFor();
  const path = join(folder, 'tasks.csv');
  await writeFile(path, 'Compromiso;Fecha de la sesión;Fecha límite\r\nEnviar el informe;20/03/2019;2026-04-10');
  const asked = page.waitForEvent('filechooser');
  await house.enter('Choose file…');
  await (await asked).setFiles(path);
  await outcome(/Refused: 1/);
  assert.deepEqual(await house.inBothThemes('importar-pequena'), []);
  await house.prefer({ language: 'es', text: 'normal' });
  const { path: archive } = await house.call('archive_state');
  await house.call('close_archive');
  await house.call('open_archive', { path: archive, read_only: true });
  await house.restart('/integrantes?vista=personas');
  // Only one thing is left to do with the list: it needs no menu.
  await page.getByRole('button', { name: 'Exportar…' }).waitFor();
  await house.go('/importar/personas');
  await house.says('El archivo está abierto solo para leer: no se puede importar.');
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
