// Papeles e informes: what can be issued, each paper as it prints, issued by keyboard, found again and saved.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page, press } = house;
const SESSION = 'ses-2025-01';
const BODY = (await house.call('live_session', { session_id: SESSION })).session.body_id;
const side = () => page.locator('aside');
const documents = (kind) => house.call('list_documents', { body_id: BODY, kind });
const drawn = () => page.locator('.page canvas').first().waitFor();
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
/** The keys are on nothing that takes them for itself. */
const rows = (name) => page.getByRole('grid', { name }).locator('tbody tr');

/** Issues the paper in view and gives its document. */
async function issues(kind, title) {
  await drawn();
  await page.locator('header').getByText('Borrador').waitFor();
  const file = await side().locator('dt', { hasText: 'Archivo' }).locator('+ dd').innerText();
  await press('Control+Enter');
  await house.asked(`Emitir: ${title}`);
  await page.locator('.dialog').getByText('No se deshace').waitFor();
  await press('Control+Enter');
  await gone();
  await house.until(async () => (await documents(kind)).length === 1, `${kind} is issued`);
  const [document] = await documents(kind);
  assert.equal(document.file, file);
  await page.locator('header').getByText('Emitido el 31 de diciembre de 2025').waitFor();
  await side().getByText('Copias emitidas (1)').waitFor();
  await side()
    .getByText(`Huella ${document.blob_id.slice(0, 12)}…`)
    .waitFor();
  return document;
}

test('what the body can issue in the year, from Ctrl+K', async () => {
  await house.command('Papeles e informes');
  await page.getByRole('heading', { level: 1, name: 'Papeles e informes' }).waitFor();
  await house.quiet();
  const said = await rows('Papeles que se pueden emitir').allInnerTexts();
  for (const words of ['Trimestre 1 de 2025', 'Trimestre 4 de 2025', 'Registro de decisiones', 'Plan anual de trabajo'])
    assert.ok(
      said.some((row) => row.includes(words)),
      words,
    );
  assert.equal(said.filter((row) => row.startsWith('Papeles de la sesión')).length, 4);
  assert.deepEqual(await house.inBothThemes('papeles'), []);
});

test('a decision is certified from the follow-up of its session', async () => {
  await house.go(`/sesiones/${SESSION}/seguimiento`);
  await page.getByRole('link', { name: 'Certificación…' }).first().focus();
  await press('Enter');
  await page.waitForURL(/papeles\/certificacion/);
  const document = await issues('decision_certificate', 'Certificación de decisión');
  assert.equal(document.title, 'Certificación de la decisión 1 de 2025');
  assert.deepEqual(await house.call('list_documents', { paper: document.paper }), [document]);
  assert.deepEqual(await house.inBothThemes('papel-certificacion'), []);
  // The draft is there again, and the copy beside it.
  await house.enter('Volver al borrador');
  await page.locator('header').getByText('Borrador').waitFor();
  assert.equal((await documents('decision_certificate')).length, 1);
  // Who signs is what the paper says.
  const { signatories } = await house.call('render_paper', { paper: document.paper });
  assert.equal(signatories.length, 1);
  await side().locator('dt', { hasText: 'Firma' }).locator('+ dd').getByText(signatories[0].name).waitFor();
});

test('an extract takes two items of adopted minutes', async () => {
  await house.go(`/sesiones/${SESSION}/acta`);
  await house.command('Extracto del acta');
  await page.waitForURL(/papeles\/extracto/);
  await house.says('Elija uno o varios puntos del orden del día de esa acta.');
  const field = page.getByRole('combobox', { name: 'Puntos que se extractan' });
  for (const words of ['biog', 'distrito creativo']) {
    await field.focus();
    await page.keyboard.type(words);
    await page.locator('[role="option"]').first().waitFor();
    await press('ArrowDown', 'Enter');
    await page
      .getByRole('list', { name: /Puntos que se extractan/ })
      .getByText(words)
      .waitFor();
  }
  await house.quiet();
  const document = await issues('excerpt', 'Extracto del acta');
  assert.equal(document.title, 'Extracto del acta n.º 1 de 2025');
  assert.match(document.file, /punto-5-6\.pdf$/);
  assert.deepEqual(await house.inBothThemes('papel-extracto'), []);
});

test('of minutes that are not adopted there is no extract, and the page says why', async () => {
  await house.go('/sesiones/ses-2025-04/papeles/extracto');
  await house.says('no se ha aprobado: de un proyecto no se expide extracto');
  await press('Control+Enter');
  assert.equal(await page.locator('.dialog').count(), 0);
  assert.deepEqual(await house.violations(), []);
});

test('a letter about an overdue commitment, from the commitment', async () => {
  await house.go('/compromisos?estado=overdue');
  await rows('Compromisos').first().focus();
  await press('Enter');
  await side().getByRole('button', { name: 'Más' }).focus();
  await press('Enter');
  await house.inMenu('Comunicación…');
  await page.waitForURL(/papeles\/compromiso/);
  const document = await issues('commitment_letter', 'Comunicación de un compromiso');
  assert.equal(document.title, 'Compromiso vencido');
});

test('the management report comes filled; only its analysis is typed, and without it it is refused at the field', async () => {
  await house.go('/hoy');
  await house.command('Informe de gestión');
  await page.waitForURL(/papeles\/informe/);
  await drawn();
  await page.getByRole('button', { name: 'T4' }).and(page.locator('[aria-pressed="true"]')).waitFor();
  await side().getByText('El acto de creación no está registrado').waitFor();
  await side().getByText('1 de 1 programada').waitFor();
  await press('Control+Enter');
  await house.asked('Emitir: Informe de gestión');
  await press('Control+Enter');
  await gone();
  await side().getByRole('alert').getByText('falta el análisis').waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('.editor') !== null);
  assert.equal((await documents('management_report')).length, 0);
  assert.deepEqual(await house.inBothThemes('papel-informe-sin-analisis'), []);

  await page.keyboard.type('La comisión cumplió el plan del trimestre.');
  assert.equal(await side().getByRole('alert').count(), 0);
  // What is typed outlives the window.
  await page.waitForTimeout(400);
  await house.restart('/papeles/informe?trimestre=4');
  await side().getByText('La comisión cumplió el plan del trimestre.').waitFor();
  await drawn();
  await press('F2');
  await page.waitForFunction(() => document.activeElement?.classList.contains('found'));
  assert.deepEqual(await house.inBothThemes('papel-informe'), []);
  const document = await issues('management_report', 'Informe de gestión');
  assert.equal(document.file, 'informe-de-gestion-2025-trimestre-4.pdf');
});

test('they are found among the issued ones, by words and by hash, and one is saved', async () => {
  await house.go('/papeles?vista=emitidos');
  const all = await documents();
  await house.many(rows('Papeles emitidos'), all.length);
  for (const title of [
    'Certificación de la decisión 1 de 2025',
    'Extracto del acta n.º 1 de 2025',
    'Compromiso vencido',
    'Informe de gestión',
  ])
    await page.getByRole('grid').getByText(title, { exact: true }).first().waitFor();
  const [certificate] = await documents('decision_certificate');
  await press('Control+f');
  await page.keyboard.type(certificate.blob_id.slice(0, 12));
  await house.until(async () => (await rows('Papeles emitidos').count()) === 1, 'one row is left');
  await rows('Papeles emitidos').first().focus();
  await side().getByRole('heading', { name: certificate.title }).waitFor();
  assert.deepEqual(await house.inBothThemes('papeles-emitidos'), []);
  const { folder } = await house.test('state');
  await house.test('pick', { paths: [join(folder, 'certificacion.pdf')] });
  await press('Control+s');
  await house.handled('certificacion.pdf');
  // And it leads back to its paper, with the copy in the pages.
  await side().getByRole('link', { name: 'Ver el papel' }).focus();
  await press('Enter');
  await page.waitForURL(/papeles\/certificacion\/.*copia=/);
  await page.locator('header').getByText('Emitido el 31 de diciembre de 2025').waitFor();
  await drawn();
});

test('the papers of a session, each with its copies; small, in English and with large text', async () => {
  await house.go(`/sesiones/${SESSION}/papeles`);
  const said = await rows('Papeles que se pueden emitir').allInnerTexts();
  assert.match(
    said.find((row) => row.includes('Decisión 1 de 2025')),
    /31\sdic\s2025/,
  );
  assert.match(
    said.find((row) => row.startsWith('Extracto')),
    /31\sdic\s2025/,
  );
  assert.match(
    said.find((row) => row.startsWith('Cuaderno')),
    /Sin emitir/,
  );
  assert.deepEqual(await house.inBothThemes('papeles-sesion'), []);
  await rows('Papeles que se pueden emitir').first().focus();
  await press('Enter');
  await page.waitForURL(/papeles\/cuaderno/);
  await house.says('Para llevar la sesión sin luz o sin equipo');
  await drawn();

  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en', text: 'large' });
  for (const [place, name] of [
    ['/papeles', 'papeles-pequena'],
    [`/sesiones/${SESSION}/papeles`, 'papeles-sesion-pequena'],
    ['/papeles/informe?trimestre=4', 'papel-informe-pequena'],
  ]) {
    await house.restart(place);
    assert.deepEqual(await house.inBothThemes(name), []);
  }
  await house.prefer({ language: 'es', text: 'normal' });
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('an archive without a body says so', async () => {
  const { folder } = await house.test('state');
  await house.call('close_archive');
  await house.call('create_archive', { path: join(folder, 'vacio.actario'), demo: false });
  for (const place of ['/papeles', '/papeles/informe', '/papeles/decisiones']) {
    await house.restart(place);
    await house.says('Todavía no hay ninguna instancia.');
    assert.deepEqual(await house.violations(), []);
  }
  await house.go('/papeles/nada');
  await house.says('En esta dirección no hay ningún papel.');
  assert.deepEqual(house.complaints, []);
});
