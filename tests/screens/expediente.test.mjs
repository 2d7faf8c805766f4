// El expediente de una sesión, el acuerdo de una decisión y el acta que vuelve firmada: by keyboard, from door to end.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HELD, houseWithApprovedMinutes, MINUTES } from './approved-minutes.mjs';
import * as session from './session.mjs';

const house = await houseWithApprovedMinutes();
const { page, press } = house;
await house.call('adopt_minutes', { minutes_id: MINUTES, approved_in_session_id: session.SESSION });
const { folder } = await house.test('state');
const scans = mkdtempSync(join(tmpdir(), 'scan-'));
after(() => rmSync(scans, { recursive: true, force: true }));

/** A session with annexes of thousands of pages. */
const LONG = 'ses-larga';
const PAPERS = `/sesiones/${HELD}/papeles`;
const side = () => page.locator('aside');
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const documents = (kind, of = HELD) => house.call('list_documents', { session_id: of, kind });
const decisions = async (of) => (await house.call('live_session', { session_id: of })).decisions;
const bytesOf = async ({ blob_id, file }) =>
  Buffer.from((await house.call('get_file', { blob_id, name: file })).base64, 'base64');

/** A PDF of so many empty pages. */
function pdfOf(pages) {
  const parts = [];
  const at = [];
  let length = 0;
  const add = (text) => {
    parts.push(text);
    length += text.length;
  };
  add('%PDF-1.4\n');
  const object = (n, body) => {
    at[n] = length;
    add(`${n} 0 obj\n${body}\nendobj\n`);
  };
  const kids = Array.from({ length: pages }, (_, i) => `${i + 3} 0 R`);
  object(1, '<</Type/Catalog/Pages 2 0 R>>');
  object(2, `<</Type/Pages/Count ${pages}/Kids[${kids.join(' ')}]/MediaBox[0 0 612 792]>>`);
  for (let n = 3; n < pages + 3; n += 1) object(n, '<</Type/Page/Parent 2 0 R>>');
  const xref = length;
  const lines = at.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
  add(`xref\n0 ${pages + 3}\n0000000000 65535 f \n${lines.join('')}`);
  add(`trailer<</Size ${pages + 3}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`);
  return Buffer.from(parts.join(''), 'latin1');
}

/** Says where the save dialog would: the next file that is asked for. */
async function saveTo(name) {
  const path = join(folder, name);
  await house.test('pick', { paths: [path] });
  return path;
}

test('the binder of a session says what it will hold, and is gathered in one PDF', async () => {
  await house.go(PAPERS);
  await page.getByRole('link', { name: 'Expediente de la sesión' }).focus();
  await press('Enter');
  await page.waitForURL(/papeles\/expediente/);
  await page.getByRole('heading', { level: 2, name: /^Acta \d/ }).waitFor();
  await side().getByText('Es una copia de trabajo, no un documento oficial.').waitFor();
  const view = await house.call('get_binder', { session_id: HELD });
  await house.many(page.locator('main li'), view.entries.length);
  assert.deepEqual(await house.inBothThemes('expediente'), []);

  const path = await saveTo('expediente.pdf');
  await press('Control+Enter');
  await side().getByText('Reunido en un PDF').waitFor();
  await gone();
  const { made } = await house.call('binder_state');
  assert.equal(made.path, path);
  const info = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
  assert.match(info, new RegExp(`Pages:\\s+${made.pages}\\n`));
  await side().getByText(path).waitFor();
  assert.deepEqual(await house.inBothThemes('expediente-reunido'), []);
  await house.enter('Abrir', { exact: true });
  await house.handled('expediente.pdf');
});

test('a binder that cannot be written says why, and one that is stopped leaves nothing', async () => {
  await house.test('pick', { paths: [join(folder, 'no', 'hay', 'expediente.pdf')] });
  await press('Control+Enter');
  await side().getByRole('alert').getByText('No se reunió.').waitFor();
  assert.deepEqual(await house.inBothThemes('expediente-fallido'), []);

  // Long enough to be stopped.
  await house.call('create_session', {
    id: LONG,
    body_id: 'body-comision',
    kind: 'extraordinary',
    mode: 'in_person',
    date: '2026-05-04',
  });
  for (let n = 1; n <= 8; n += 1)
    await house.call('add_annex', {
      owner: 'session',
      owner_id: LONG,
      title: `Escaneo ${n}`,
      kind: 'document',
      file: { name: `escaneo-${n}.pdf`, base64: pdfOf(15_000 + n).toString('base64') },
    });
  await house.restart(`/sesiones/${LONG}/papeles/expediente`);
  await page.getByText('Escaneo 8').first().waitFor();
  // While the page waits to be told how it goes, what it shows stands still: it is looked at.
  let release;
  const held = new Promise((done) => (release = done));
  await page.route('**/call/binder_state', (route) => held.then(() => route.continue()));
  await saveTo('entero.pdf');
  await press('Control+Enter');
  await house.asked('Reuniendo el expediente');
  assert.deepEqual(await house.inBothThemes('expediente-en-curso'), []);
  release();
  await side().getByText('Reunido en un PDF').waitFor({ timeout: 60_000 });
  await gone();
  await page.unroute('**/call/binder_state');

  const before = readdirSync(folder);
  await saveTo('detenido.pdf');
  await press('Control+Enter');
  await house.asked('Reuniendo el expediente');
  await house.enter('Detener');
  await side().getByText('Se detuvo. No quedó nada a medias').waitFor();
  await gone();
  assert.equal((await house.call('binder_state')).made, null);
  assert.deepEqual(readdirSync(folder), before);
  assert.ok(!existsSync(join(folder, 'detenido.pdf')));
});

const VOTED = 'ses-2025-01';

test('the accord of a decision is written from the follow-up; what is wrong is told at its field', async () => {
  await house.go(`/sesiones/${VOTED}/seguimiento`);
  await page
    .getByRole('link', { name: /^Redactar acuerdo…/ })
    .first()
    .focus();
  await press('Enter');
  await house.asked('Redactar el acuerdo');
  await press('Control+Enter');
  await dialog().locator('textarea[aria-invalid]').waitFor();
  await house.inField('Facultades');
  await page.keyboard.type('en ejercicio de las facultades que le confiere su acto de creación');
  await press('Control+Enter');
  await dialog().getByText('Escriba al menos un artículo.').waitFor();
  await page.waitForFunction(() => document.activeElement.textContent.trim() === 'Agregar artículo');
  assert.deepEqual(await house.inBothThemes('acuerdo-sin-articulo'), []);

  const write = async (label, text) => {
    await dialog().getByLabel(label, { exact: true }).focus();
    await press('End');
    await page.keyboard.type(text);
  };
  await write('Qué adopta', 'se adopta el plan de medios');
  await write('Artículo 1', 'El presente acuerdo rige desde su publicación.');
  await dialog().getByRole('button', { name: 'Agregar artículo' }).focus();
  await press('Enter');
  await page.keyboard.type('Adóptese el plan de medios.');
  // The second one goes first.
  await page.waitForFunction(() => document.activeElement.localName === 'textarea');
  await dialog().getByRole('listitem').filter({ hasText: 'Artículo 2' }).focus();
  await press('Alt+ArrowUp');
  assert.equal(await dialog().getByLabel('Artículo 1', { exact: true }).inputValue(), 'Adóptese el plan de medios.');
  await write('Considerando 1', 'Que el artículo 5 lo permite.');
  // Esc keeps what was typed.
  await page.waitForTimeout(400);
  await press('Escape');
  await gone();
  await house.enter('Redactar acuerdo…');
  await house.asked('Redactar el acuerdo');
  await dialog().getByText('Se recuperó').waitFor();
  assert.deepEqual(await house.inBothThemes('acuerdo-redactar'), []);
  await press('Control+Enter');
  await gone();
  const decided = (await decisions(VOTED)).find((one) => one.accord);
  assert.deepEqual(decided.accord.articles, [
    'Adóptese el plan de medios.',
    'El presente acuerdo rige desde su publicación.',
  ]);
  assert.deepEqual(decided.accord.recitals, ['Que el artículo 5 lo permite.']);
});

test('the accord is seen as it prints, issued, and its publication recorded', async () => {
  const { accord } = (await decisions(VOTED)).find((one) => one.accord);
  await page.locator('.page canvas').first().waitFor();
  await side().getByText('2 artículos').waitFor();
  assert.deepEqual(await house.inBothThemes('acuerdo'), []);
  await press('Control+Enter');
  await house.asked('Emitir: Acuerdo');
  await press('Control+Enter');
  await gone();
  await side().getByText('Copias emitidas (1)').waitFor();
  const [document] = await documents('accord', VOTED);
  assert.equal(document.file, `acuerdo-00${accord.number}-${accord.year}.pdf`);
  // Its text is closed now; where it was published is still to be said.
  await side().getByText('Ya se expidió: su texto no cambia.').first().waitFor();
  assert.equal(await side().getByRole('button', { name: 'Editar el texto…' }).getAttribute('aria-disabled'), 'true');
  await house.enter('Registrar publicación…');
  await house.asked('Publicación en el Registro Distrital');
  await page.keyboard.type('7321');
  await press('Control+Enter');
  await dialog().getByText('Escriba el día en que se publicó.').waitFor();
  assert.deepEqual(await house.inBothThemes('acuerdo-publicacion'), []);
  await page.waitForFunction(() => document.activeElement.getAttribute('role') === 'spinbutton');
  await page.keyboard.type('01012020');
  await press('Control+Enter');
  await dialog().getByText('se publica ese día o después').waitFor();
  await page.waitForFunction(() => document.activeElement.getAttribute('aria-invalid') === 'true');
  await page.keyboard.type('25032026');
  await press('Control+Enter');
  await gone();
  await side().getByText('Registro Distrital n.º 7321').waitFor();
  await house.go(`/sesiones/${VOTED}/papeles`);
  await page
    .getByRole('row', { name: /^Acuerdo/ })
    .first()
    .waitFor();
  assert.deepEqual(await house.inBothThemes('papeles-con-acuerdo'), []);
});

test('the scan of the last page finds its minutes by the code, and is filed there', async () => {
  const [issued] = await documents('minutes');
  const paper = join(scans, 'acta.pdf');
  writeFileSync(paper, await bytesOf(issued));
  for (const page of [1, issued.pages])
    execFileSync('pdftoppm', ['-jpeg', '-r', '150', '-f', page, '-l', page, paper, join(scans, 'foto')]);
  const photographs = readdirSync(scans)
    .filter((name) => name.endsWith('.jpg'))
    .sort();
  const photo = (name) => ({ name, mimeType: 'image/jpeg', buffer: readFileSync(join(scans, name)) });
  const choose = (names) => page.locator('main input[type="file"]').setInputFiles(names.map(photo));

  await house.go('/actas');
  await house.enter('Más acciones');
  await house.inMenu('Archivar acta firmada a mano');
  await page.waitForURL(/actas\/archivar/);
  assert.deepEqual(await house.inBothThemes('escaneo-vacio'), []);
  // The first page has no code: the minutes are chosen by hand.
  await choose(photographs.slice(0, 1));
  await page.getByText('No se leyó el código', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Acta' }).waitFor();
  assert.deepEqual(await house.inBothThemes('escaneo-sin-codigo'), []);
  await choose(photographs.slice(1));
  await page.getByText('El código dice de qué acta es').waitFor();
  await page.getByText(`El código es de «${issued.title}».`).first().waitFor();
  assert.equal(
    await page
      .getByRole('list', { name: /fotografías/ })
      .getByRole('listitem')
      .count(),
    photographs.length,
  );
  assert.deepEqual(await house.inBothThemes('escaneo'), []);
  await press('Control+Enter');
  await house.asked('Archivar acta firmada a mano');
  assert.deepEqual(await house.inBothThemes('escaneo-confirmar'), []);
  await press('Control+Enter');
  await page.getByText(/^Archivado como acta-.*-firmada\.pdf\.$/).waitFor();
  assert.equal((await documents('signed_minutes')).length, 1);
  await page.getByRole('link', { name: 'Ir al acta' }).focus();
  await press('Enter');
  await page.waitForURL(new RegExp(`${HELD}/acta`));
});

test('a scan whose code is of other minutes asks before it is filed', async () => {
  const other = (await house.call('list_minutes', { limit: 50 })).minutes.find(
    (one) => one.id !== MINUTES && one.session && ['approved', 'signed', 'published'].includes(one.status),
  );
  await house.go(`/sesiones/${other.session.id}/acta`);
  await house.enter('Archivar el acta firmada…');
  await house.asked('Archivar el acta firmada');
  const last = readdirSync(scans)
    .filter((name) => name.endsWith('.jpg'))
    .sort()
    .at(-1);
  await dialog().locator('input[type="file"]').setInputFiles(join(scans, last));
  await dialog().getByText(`Elegido: ${last}`).waitFor();
  await press('Control+Enter');
  await dialog().getByText('confirme solo si lo es').waitFor();
  assert.deepEqual(await house.inBothThemes('escaneo-de-otra'), []);
  await house.enter('Es el papel correcto: archivar');
  await dialog()
    .getByText(/^Archivado como/)
    .waitFor();
  await press('Enter');
  await gone();
});

test('in English, at the smallest window, with large text', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en', text: 'large' });
  const { id } = (await decisions(VOTED)).find((one) => one.accord);
  for (const [place, name] of [
    [`${PAPERS}/expediente`, 'expediente-pequena'],
    [`/sesiones/${VOTED}/papeles/acuerdo/${id}`, 'acuerdo-pequena'],
    ['/actas/archivar', 'escaneo-pequena'],
  ]) {
    await house.restart(place);
    assert.deepEqual(await house.inBothThemes(name), []);
  }
  const unwritten = (await decisions(VOTED)).find((one) => one.kind === 'substantive' && !one.accord);
  if (unwritten) {
    await house.restart(`/sesiones/${VOTED}/papeles/acuerdo/${unwritten.id}?hacer=redactar`);
    await house.asked('Write the accord');
    assert.deepEqual(await house.inBothThemes('acuerdo-redactar-pequena'), []);
  }
  assert.deepEqual(house.complaints, []);
});
