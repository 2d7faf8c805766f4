// Preparing a session by keyboard: its agenda, its notice, the quorum to expect, what is received, its documents.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';

let house;
let page;
let session;
/** Buttons and fields by their words. */
const button = (name) => page.getByRole('button', { name });
const field = (name) => page.getByRole('textbox', { name });
const tab = (name) => page.getByRole('tab', { name });
const agenda = async () => (await house.call('get_agenda', { session_id: session })).items;
const titles = async () => (await agenda()).map((line) => `${line.number} ${line.item.title}`);
/** Waits until the item under the focus begins so. */
const shows = (words) =>
  page.waitForFunction(
    (start) =>
      document.activeElement?.tagName === 'LI' &&
      document.activeElement.textContent
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/^([\d.]+) /, '$1')
        .startsWith(start),
    words,
    { timeout: 15_000 },
  );
/** Chooses by typing, as a person does. */
async function pick(box, words) {
  await box.focus();
  await page.keyboard.type(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}
const place = (view = '') => `/sesiones/${session}/preparar${view ? `?vista=${view}` : ''}`;
/** A message as a mail program saves it. */
const message = ({ from, subject, text }) => ({
  name: 'mensaje.eml',
  mimeType: 'message/rfc822',
  buffer: Buffer.from(
    [
      `From: ${from}`,
      'To: secretaria@demo.invalid',
      `Subject: ${subject}`,
      'Date: Tue, 30 Dec 2025 09:15:00 -0500',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
    ].join('\r\n'),
  ),
});

before(async () => {
  house = await openHouse();
  page = house.page;
  page.setDefaultTimeout(15_000);
});
after(() => house?.close());

test('a new session leads to its preparation, which says what is missing', async () => {
  await house.go('/sesiones');
  await page.keyboard.press('Control+n');
  await page.getByRole('dialog').waitFor();
  const day = page.getByRole('dialog').getByRole('spinbutton').first();
  await day.focus();
  await page.keyboard.type('19022026');
  assert.deepEqual(await house.violations(), []);
  await button('Programar').click();
  await page.getByRole('heading', { name: 'Sesión ordinaria n.º 1 de 2026' }).waitFor();
  await house.quiet();
  session = decodeURIComponent(page.url().split('/sesiones/')[1].split('/')[0]);
  assert.ok(page.url().endsWith('/preparar'));
  const steps = page.getByRole('region', { name: 'Para convocar e instalar' }).getByRole('listitem');
  assert.match(await steps.first().innerText(), /Falta el lugar/);
  assert.deepEqual(await house.inBothThemes('preparar-vacia'), []);
});

test('the agenda is built from the record and arranged by keyboard', async () => {
  await page.keyboard.press('Alt+a');
  await page.getByRole('listitem').filter({ hasText: 'Proposiciones y varios' }).first().waitFor();
  await house.quiet();
  assert.equal((await agenda()).length, 5);

  await page.keyboard.press('Control+n');
  await page.keyboard.type('Informe del portafolio');
  await page.keyboard.press('Enter');
  const added = page.getByRole('list', { name: 'Puntos del orden del día' }).getByRole('listitem').nth(4);
  await added.filter({ hasText: 'Informe del portafolio' }).waitFor();
  assert.equal((await titles())[4], '5 Informe del portafolio', 'before the other business that closes the agenda');

  await added.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await added.filter({ hasText: /10 min/ }).waitFor();
  await page.keyboard.press('Control+ArrowRight');
  await page.getByRole('list', { name: 'Puntos del orden del día' }).getByText('4.1', { exact: true }).waitFor();
  assert.equal((await titles())[4], '4.1 Informe del portafolio');
  await page.keyboard.press('Control+ArrowLeft');
  await shows('5Informe del portafolio');
  await page.keyboard.press('Alt+ArrowUp');
  await shows('4Informe del portafolio');
  assert.equal((await titles())[3], '4 Informe del portafolio');

  // Enter opens its data beside the list; what is written there is kept when the field is left.
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Informe del portafolio internacional');
  await page.keyboard.press('Tab');
  await page
    .getByRole('list', { name: 'Puntos del orden del día' })
    .getByText('Informe del portafolio internacional')
    .waitFor();
  await pick(page.getByRole('combobox', { name: 'Agregar una función…' }), 'gen-03');
  await button('Quitar la función gen-03').waitFor();
  assert.deepEqual((await agenda())[3].item.function_codes, ['gen-03']);
  await pick(page.getByRole('combobox', { name: /Presenta/ }), 'Pilar Amparo');
  await page
    .getByRole('list', { name: 'Puntos del orden del día' })
    .getByText(/Pilar Amparo/)
    .waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-orden-del-dia'), []);

  // What is removed comes back.
  await page.getByRole('list', { name: 'Puntos del orden del día' }).getByRole('listitem').nth(3).focus();
  await page.keyboard.press('Delete');
  await button('Deshacer').waitFor();
  assert.equal((await agenda()).length, 5);
  await button('Deshacer').click();
  await page
    .getByRole('list', { name: 'Puntos del orden del día' })
    .getByText('Informe del portafolio internacional')
    .waitFor();
  assert.equal((await agenda()).length, 6);
  assert.deepEqual((await agenda())[3].item.function_codes, ['gen-03']);
});

test('the session is convened once nothing is missing; its e-mails are ready', async () => {
  await tab('Convocatoria').first().click();
  await page.getByText('Falta en la convocatoria').first().waitFor();
  await button('Convocar…').first().click();
  await page.getByRole('alertdialog').waitFor();
  assert.equal(
    await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).getAttribute('aria-disabled'),
    'true',
  );
  await page.keyboard.press('Escape');

  await tab(/^Sesión/).click();
  await field('Lugar').fill('Sala Múltiple 2');
  await page.keyboard.press('Tab');
  await page.getByText('Falta el lugar.').waitFor({ state: 'detached' });
  const before = (await house.call('list_journal', {})).length;
  await page.getByRole('group', { name: 'Hora' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0930');
  await page.keyboard.press('Tab');
  await house.quiet();
  await page.waitForTimeout(700);
  assert.equal((await house.call('get_session', { session_id: session })).session.planned_start, '09:30:00');
  assert.equal((await house.call('list_journal', {})).length, before + 1, 'a time typed by parts is one entry');

  await button('Convocar…').first().click();
  await page.getByRole('alertdialog').getByText('34, a tiempo').waitFor();
  assert.deepEqual(await house.inBothThemes('preparar-convocar'), []);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await tab('Convocatoria').last().click();
  await page.getByRole('heading', { name: 'Correos listos para enviar' }).waitFor();
  await house.quiet();
  await page.getByText('17 destinatarios').waitFor();
  await page.getByText('Sin correo registrado').waitFor();
  await button(/^Guardar el correo/).click();
  await house.quiet();
  await page.getByText('Uno por puesto').click();
  await button(/Guardar el correo: Secretaria o secretario distrital de Hacienda/).waitFor();
  await page.waitForTimeout(500);
  assert.deepEqual(await house.inBothThemes('preparar-convocatoria'), []);
  const detail = await house.call('get_session', { session_id: session });
  assert.equal(detail.session.status, 'convened');
  assert.ok((await house.call('notice_mail', { session_id: session })).with_pdf);
});

test('an item that comes late says why, and the versions are compared', async () => {
  await tab(/^Orden del día/).click();
  await page.keyboard.press('Control+n');
  await page.keyboard.type('Adhesión a la red de ciudades');
  await page.keyboard.press('Enter');
  await page.getByText('Escriba por qué se adiciona').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input') && document.activeElement.value === '');
  await page.keyboard.type('La invitación llegó ayer');
  await page.keyboard.press('Enter');
  await page.getByText('Adicionado después de convocar').waitFor();
  await button('Ver los cambios').click();
  await page.getByText(/Se adicionó el punto/).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-versiones'), []);
  await button('Convocar de nuevo…').first().click();
  await page
    .getByRole('alertdialog')
    .getByRole('textbox', { name: 'Razón de la nueva convocatoria' })
    .fill('Se adiciona un punto');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await page.getByText('El orden del día cambió después de convocar.').waitFor({ state: 'detached' });
  assert.equal((await house.call('get_agenda', { session_id: session })).versions.length, 2);
});

test('each seat answers: by key, with an excuse, by delegation; undone', async () => {
  await house.go(place('quorum'));
  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'Ana Eugenia' }).first().click();
  await page.keyboard.press('a');
  await rows.filter({ hasText: 'Ana Eugenia' }).filter({ hasText: 'Cuenta' }).waitFor();
  const seats = async () => await house.call('expected_quorum', { session_id: session });
  assert.equal((await seats()).sure, 1);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Comisión de servicios en Quito');
  await button('Registrar').click();
  await rows.filter({ hasText: 'Bartolomé' }).filter({ hasText: 'No cuenta' }).waitFor();
  assert.equal((await seats()).seats[1].confirmation.text, 'Comisión de servicios en Quito');

  await rows.filter({ hasText: 'Jerónimo' }).first().click();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await pick(dialog.getByRole('combobox', { name: 'Persona delegada' }), 'Néstor');
  await dialog.getByRole('textbox', { name: 'Número' }).fill('2026-15');
  await dialog.getByRole('spinbutton').first().focus();
  await page.keyboard.type('30122025');
  assert.deepEqual(await house.inBothThemes('preparar-delegacion'), []);
  // A post below the level that the rules ask for is refused, and the sentence says what to do.
  await dialog.getByRole('button', { name: 'Registrar delegación' }).click();
  await dialog.getByText(/se exige nivel directivo/).waitFor();
  const delegate = dialog.getByRole('combobox', { name: 'Persona delegada' });
  await delegate.focus();
  await page.keyboard.press('Control+a');
  await pick(delegate, 'Doralba');
  await dialog.getByRole('button', { name: 'Registrar delegación' }).click();
  await dialog.waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Doralba' }).waitFor();
  const third = (await seats()).seats[2];
  assert.equal(third.answer, 'will_delegate');
  assert.match(third.delegation_act, /2026-15/);
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-quorum'), []);

  await rows.filter({ hasText: 'Ana Eugenia' }).first().click();
  await page.keyboard.press('Delete');
  await button('Deshacer').last().waitFor();
  await button('Deshacer').last().click();
  await rows.filter({ hasText: 'Ana Eugenia' }).filter({ hasText: 'Cuenta' }).waitFor();
});

test('an e-mail that is dropped becomes an excuse, with its sender and time', async () => {
  await house.go(place('quorum'));
  await page.locator('input[type=file][accept*=".eml"]').setInputFiles([
    message({
      from: 'Hacienda <lucrecia.zuniga@demo.invalid>',
      subject: 'Excusa sesión ordinaria',
      text: 'Presento excusa: a esa hora atiendo el Concejo.',
    }),
    {
      name: 'ponencia.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
    },
  ]);
  const dialog = page.getByRole('dialog', { name: 'Archivar lo recibido' });
  await dialog.getByText('lucrecia.zuniga@demo.invalid').waitFor();
  await house.quiet();
  assert.ok(await dialog.getByRole('radio', { name: 'Excusa' }).isChecked());
  assert.deepEqual(await house.inBothThemes('recibir-correo'), []);
  await dialog.getByRole('button', { name: 'Archivar' }).click();
  await dialog.getByText('ponencia.pdf').first().waitFor();
  const seat = (await house.call('expected_quorum', { session_id: session })).seats.find(
    (one) => one.seat_id === 'com-hacienda',
  );
  assert.equal(seat.answer, 'excused');
  assert.match(seat.confirmation.text, /Concejo/);
  assert.equal(seat.confirmation.received_at, '2025-12-30T14:15:00Z');
  await dialog.getByText('Anexo', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Archivar' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(
    (await house.call('list_annexes', { owner: 'session', owner_id: session })).filter(
      (one) => one.annex.file === 'ponencia.pdf',
    ).length,
    1,
  );
});

test('documents are numbered; the papers of the session are shown', async () => {
  await house.go(place('documentos'));
  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'ponencia' }).click();
  await page.getByRole('combobox', { name: 'Clase' }).waitFor();
  await field('Título').fill('Ponencia sobre redes');
  await page.keyboard.press('Tab');
  await rows.filter({ hasText: 'Ponencia sobre redes' }).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-documentos'), []);
  for (const paper of ['Lista de asistencia', 'Guion de la presidencia']) {
    await page.getByText(paper, { exact: true }).first().click();
    await page
      .getByText(/Página 1 de/)
      .first()
      .waitFor();
    await house.quiet();
    assert.deepEqual(await house.violations(), [], paper);
  }
});

test('postponed with its reason, cancelled for good', async () => {
  await house.go(place());
  await page.getByRole('button', { name: /Más/ }).first().click();
  await page.getByRole('menuitem', { name: 'Aplazar la sesión…' }).click();
  const ask = page.getByRole('alertdialog');
  await ask.getByRole('textbox', { name: 'Razón' }).fill('Se cruza con el Concejo');
  assert.deepEqual(await house.violations(), []);
  await ask.getByRole('button', { name: 'Aplazar sesión' }).click();
  await ask.waitFor({ state: 'detached' });
  await page.getByText('Aplazada').first().waitFor();
  assert.equal((await house.call('get_session', { session_id: session })).line.date_to_be_set, true);
  await page.getByRole('button', { name: /Más/ }).first().click();
  await page.getByRole('menuitem', { name: 'Cancelar la sesión…' }).click();
  await ask.getByRole('textbox', { name: 'Razón' }).fill('La administración cambió el calendario');
  await ask.getByRole('button', { name: 'Cancelar sesión' }).click();
  await page.getByText('Cancelada').first().waitFor();
  await house.quiet();
  assert.deepEqual(await house.violations(), []);
});

test('in English, small and large', async () => {
  await house.prefer({ language: 'en', text: 'largest' });
  await page.setViewportSize({ width: 1024, height: 640 });
  for (const view of ['', 'convocatoria', 'quorum', 'documentos']) {
    await house.restart(place(view));
    assert.deepEqual(await house.violations(), [], view);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), view);
  }
  await page.getByRole('tab', { name: /Agenda/ }).waitFor();
  assert.deepEqual(house.complaints, []);
});
