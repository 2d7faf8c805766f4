// Sesionar by virtual means: the meeting platform's report proposes who came, left or lost the connection, and one act
// records what is chosen of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drop } from './preparation.mjs';
import { at, begin, houseWithSession, LIVE, oclock, openWith, recordOf, SESSION, takeVote } from './session.mjs';

const house = await houseWithSession({ mode: 'virtual' });
const { page, press, enter, asked, inMenu, says } = house;
const { live, until } = recordOf(house);
const { roll } = await live();
const nameOf = (n) => roll[n].person.full_name;

/** A report as Zoom writes it: each line, who and from when to when. */
const zoom = (name, lines) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room',
      ...lines.map(
        ([who, join, leave]) => `"${who}",,03/26/2026 ${join} AM,${leave ? `03/26/2026 ${leave} AM` : ''},30,No,No`,
      ),
    ].join('\n'),
  ),
});
/** What the platform tells when it is asked at that time. */
const linesUntil = (end) => [
  [nameOf(0), '07:58:00', end],
  [nameOf(1).toUpperCase(), '08:01:10', '08:40:00'],
  [nameOf(1).toUpperCase(), '08:43:30', end], // three minutes and a half
  [nameOf(2), '08:01:00', '08:20:00'],
  [nameOf(2), '08:35:00', end],
  [nameOf(3), '08:00:00', '08:50:00'],
  [nameOf(11), '08:15:00', end],
  ['iPhone de despacho', '08:25:00', end],
  ['Nadie Conocido', '08:12:00', end],
  [nameOf(13), '07:50:00', '08:01:00'], // gone before it opened
  ['Sin hora', 'ayer', end],
];
const dialog = page.locator('.dialog');
const row = (name) => dialog.locator('tbody tr', { hasText: name });
const rowsOf = (standing) => dialog.locator('tbody', { hasText: standing }).locator('tr:not(.standing)');
const BY_HAND = 'Se identifican a mano';
/** Says by keyboard who a name is. */
async function identify(name, words, place = words) {
  const who = dialog.getByLabel(`Quién es ${name}`);
  await who.focus();
  await press('Control+a');
  await page.keyboard.type(words);
  await page.locator('[data-highlighted]', { hasText: place }).waitFor();
  await press('Enter');
}
/** The name whose row or part of a row has the keys. */
const keysAreAt = (name) =>
  page.waitForFunction(
    (key) => document.activeElement?.closest('[data-name]')?.dataset.name.startsWith(`${key}\n`),
    name,
  );
/** Chooses a file with the button, as the system's own window gives it. */
async function choose(file) {
  const given = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: 'Elegir archivo…' }).focus();
  await press('Enter');
  await (await given).setFiles(file);
}
const save = () => dialog.getByRole('button', { name: /^Registrar/ });
/** What is under way of each movement of a seat: its kind and its clock in Bogotá. */
const movementsOf = (view, n) =>
  view.events
    .filter((one) => one.seat_id === roll[n].seat_id && one.struck === null)
    .map((one) => `${one.kind} ${new Date(Date.parse(one.occurred_at) - 5 * 3_600_000).toISOString().slice(11, 16)}`);

test('before the session opens there is nothing to compare a report with: it is not offered', async () => {
  await house.go(LIVE);
  await house.palette('Informe de');
  await page.locator('.palette').getByText('Informe', { exact: false }).first().waitFor();
  assert.equal(await page.getByRole('option', { name: 'Informe de la plataforma' }).count(), 0);
  await press('Escape');
  await openWith(house, 10);
  await begin(house, '08:10', 'it-lista');
  await at(house, oclock('09:30'));
  await house.call('record_delegation', {
    id: 'del-dos',
    seat_id: roll[14].seat_id,
    principal_id: roll[14].person.id,
    delegate_id: roll[1].person.id,
    act: { kind: 'resolution', number: '14', date: '2026-02-10' },
    valid_from: '2026-02-10',
    valid_to: '2026-12-31',
    scope: 'voice_and_vote',
  });
});

test('it is opened from the menu and by Ctrl K; what is no report is refused in place, and nothing is recorded', async () => {
  await house.go(LIVE);
  const before = (await live()).events.length;
  await page.locator('header').getByRole('button', { name: 'Más acciones' }).focus();
  await press('Enter');
  await inMenu('Informe de la plataforma…');
  await asked('Informe de asistencia de la plataforma');
  assert.equal(await save().getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await house.inBothThemes('informe-vacio'), []);
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await house.command('Informe de la plataforma');
  await asked('Informe de asistencia de la plataforma');
  await choose({ name: 'notas.csv', mimeType: 'text/csv', buffer: Buffer.from('hola\n') });
  const refused = dialog.getByRole('alert');
  await refused.getByText(/No se encontró en el archivo una tabla.*No se registró nada\.$/).waitFor();
  assert.deepEqual(await house.inBothThemes('informe-rehusado'), []);
  await drop(page, dialog.locator('.zone'), [{ ...zoom('informe.xlsx', []), mimeType: 'application/vnd.ms-excel' }]);
  await refused.getByText(/«informe\.xlsx» no es CSV ni TSV/).waitFor();
  assert.equal((await live()).events.length, before);
});

test('what was read is told: what is proposed, the drop the rules let pass, what is known, who nobody is', async () => {
  await drop(page, dialog.locator('.zone'), [zoom('informe.csv', linesUntil('09:28:00'))]);
  await dialog.getByText('Zoom', { exact: true }).waitFor();
  assert.equal(await dialog.getByRole('alert').count(), 0);
  await dialog.getByText('07:50–09:28', { exact: true }).first().waitFor();
  await dialog
    .getByText(
      /^Se leyeron 10 filas de 8 personas.*una desconexión de hasta 5 minutos no es retiro \(Acuerdo .*, art\. 13\)\.$/,
    )
    .waitFor();
  await dialog
    .getByText(
      'Columnas leídas: nombre «Name (Original Name)», correo «User Email», entrada «Join Time», salida «Leave Time».',
    )
    .waitFor();
  await house.many(rowsOf(BY_HAND), 2);
  await house.many(rowsOf('Por registrar'), 3);
  await house.many(rowsOf('Nada que registrar'), 3);
  await row(nameOf(2)).getByLabel('Pierde la conexión a las 08:20').waitFor();
  await row(nameOf(2)).getByLabel('Recupera la conexión a las 08:35').waitFor();
  await row(nameOf(2)).getByText('Llega a las 08:02 · ya consta').waitFor();
  await row(nameOf(3)).getByLabel('Se retira a las 08:50').waitFor();
  await row(nameOf(11)).getByLabel('Llega a las 08:15').waitFor();
  const short = rowsOf('Nada que registrar').filter({ hasText: nameOf(1).toUpperCase() });
  await short
    .getByText(/^Desconexión de 08:40–08:43: por el reglamento \(Acuerdo .*, art\. 13\) no es retiro$/)
    .waitFor();
  await rowsOf('Nada que registrar')
    .filter({ hasText: nameOf(13) })
    .getByText(/No estuvo en la sesión/)
    .waitFor();
  await row('Nadie Conocido').getByText('Nadie con ese nombre o correo está en el directorio.').waitFor();
  await dialog.getByText('Una fila no se leyó').focus();
  await press('Enter');
  await dialog.getByText(/Línea 12: La hora «.*ayer.*» no se entiende/).waitFor();
  await press('Enter');
  await save().getByText('Registrar 4 movimientos').waitFor();
});

test('a name is matched by hand, what is not wanted is left out, and another file that does not read changes nothing', async () => {
  const who = dialog.getByLabel('Quién es iPhone de despacho');
  // The telephone of somebody who has another row: it is joined with it, and can be taken apart again.
  await identify('iPhone de despacho', nameOf(1), 'ya está en otra fila: se unen');
  const joined = rowsOf('Nada que registrar').filter({ hasText: nameOf(1).toUpperCase() });
  await joined.getByText('también «iPhone de despacho»').waitFor();
  assert.equal(await joined.getByText(/^Desconexión de/).count(), 0, 'the telephone was connected meanwhile');
  await house.many(rowsOf(BY_HAND), 1);
  await keysAreAt('iPhone de despacho');
  assert.deepEqual(await house.inBothThemes('informe-unido'), []);
  await press('Enter');
  await who.waitFor();
  await keysAreAt('iPhone de despacho');
  await joined.getByText(/^Desconexión de 08:40–08:43/).waitFor();
  // Whoever sits for one seat is not in another: it is told at the name, and nothing else changes.
  await identify('iPhone de despacho', `${nameOf(1)} ${roll[14].title}`, roll[14].title);
  await row('iPhone')
    .getByText(/nadie ocupa dos puestos a la vez/)
    .waitFor();
  assert.equal(await who.getAttribute('aria-invalid'), 'true');
  assert.deepEqual(await house.inBothThemes('informe-dos-puestos'), []);
  await save().getByText('Registrar 4 movimientos').waitFor();
  await identify('iPhone de despacho', nameOf(12));
  await save().getByText('Registrar 5 movimientos').waitFor();
  // Whoever it was said to be before is not who it is: nothing of it stays chosen.
  await identify('iPhone de despacho', `${nameOf(1)} ${roll[14].title}`, roll[14].title);
  await row('iPhone')
    .getByText(/quedó sin identificar/)
    .waitFor();
  await save().getByText('Registrar 4 movimientos').waitFor();
  await identify('iPhone de despacho', nameOf(12));
  await save().getByText('Registrar 5 movimientos').waitFor();
  assert.equal(
    await row('iPhone')
      .getByText(/dos puestos/)
      .count(),
    0,
  );
  await keysAreAt('iPhone de despacho');
  await save().focus();
  assert.deepEqual(await house.inBothThemes('informe-plataforma'), []);
  await row('iPhone').getByLabel('Llega a las 08:25').focus();
  await press('Space');
  await save().getByText('Registrar 4 movimientos').waitFor();
  await press('Space');
  await row(nameOf(3)).getByLabel('Se retira a las 08:50').focus();
  await press('Space');
  await drop(page, dialog.locator('.zone'), [{ ...zoom('otro.csv', []), buffer: Buffer.from('hola\n') }]);
  await dialog
    .getByRole('alert')
    .getByText(/sigue a la vista lo que se leyó de «informe\.csv»/)
    .waitFor();
  await save().getByText('Registrar 4 movimientos').waitFor();
});

test('a match that the report makes by itself is corrected: to somebody else, or to nobody', async () => {
  const wrong = () => dialog.getByRole('button', { name: `Corregir quién es ${nameOf(11)}` });
  await wrong().press('Enter');
  await house.inField(`Quién es ${nameOf(11)}`);
  assert.deepEqual(await house.inBothThemes('informe-corregir'), []);
  await page.keyboard.type(nameOf(10));
  await page.locator('[data-highlighted]', { hasText: nameOf(10) }).waitFor();
  await press('Enter');
  await rowsOf(BY_HAND)
    .filter({ hasText: nameOf(11) })
    .getByText(roll[10].title)
    .waitFor();
  // Neither: of that name nothing is recorded, and the rest stays as it was chosen.
  await dialog.getByLabel(`Quién es ${nameOf(11)}`).focus();
  await press('Control+a', 'Backspace', 'Tab');
  await dialog.getByText('No es nadie de la sesión: de este nombre no se registra nada.').waitFor();
  await save().getByText('Registrar 3 movimientos').waitFor();
  assert.deepEqual(await house.inBothThemes('informe-nadie'), []);
  // It was right after all.
  await identify(nameOf(11), nameOf(11));
  await save().getByText('Registrar 4 movimientos').waitFor();
});

test('a low window has it whole, with its buttons in view', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  for (const box of [await dialog.boundingBox(), await save().boundingBox()])
    assert.ok(box.y >= 0 && box.y + box.height <= 640 && box.x >= 0 && box.x + box.width <= 1024, JSON.stringify(box));
  const spills = await dialog.locator('.dialog-body').evaluate((one) => one.scrollWidth - one.clientWidth);
  assert.ok(spills <= 0, `spills ${spills}px`);
  assert.deepEqual(await house.inBothThemes('informe-bajo'), []);
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('one act records them, which the timeline and the quorum ledger show; it can be undone', async () => {
  await press('Control+Enter');
  await says('Se registraron 4 movimientos del informe.');
  await until((view) => view.roll[12].inside);
  const view = await live();
  assert.deepEqual(movementsOf(view, 2), ['roll_answer 08:03', 'connection_lost 08:20', 'reconnected 08:35']);
  assert.deepEqual(movementsOf(view, 11), ['arrival 08:15']);
  assert.deepEqual(movementsOf(view, 12), ['arrival 08:25']);
  assert.equal(movementsOf(view, 1).length, 1, 'the short drop is none');
  assert.equal(movementsOf(view, 3).length, 1, 'what was left out');
  await enter('Cronología', { exact: true });
  const log = page.locator('.log');
  await log
    .locator('li', { hasText: nameOf(12) })
    .getByText('08:25')
    .waitFor();
  await log.locator('li', { hasText: 'Pierde la conexión' }).getByText('08:20').waitFor();
  await enter('Quórum', { exact: true });
  const ledger = page.getByRole('table', { name: /Registro de quórum/ });
  for (const [clock, name] of [
    ['08:20', nameOf(2)],
    ['08:35', nameOf(2)],
    ['08:25', nameOf(12)],
  ])
    await ledger.locator('tr', { hasText: clock }).filter({ hasText: name }).first().waitFor();
  assert.equal(view.course.present.length, 12);
  await enter('Deshacer');
  await until((now) => now.course.present.length === 10);
  await enter('Rehacer');
  await until((now) => now.course.present.length === 12);
});

test('loaded again, what is recorded is not proposed, and said to be somebody who is there it is not repeated', async () => {
  await house.command('Informe de la plataforma');
  await asked('Informe de asistencia de la plataforma');
  await choose(zoom('informe.csv', linesUntil('09:28:00')));
  await save().getByText('Registrar 1 movimiento', { exact: true }).waitFor();
  await row(nameOf(2)).getByText('Pierde la conexión a las 08:20 · ya consta').waitFor();
  await row(nameOf(3)).getByLabel('Se retira a las 08:50').focus();
  await press('Space');
  assert.equal(await save().getAttribute('aria-disabled'), 'true');
  // Said to be somebody who is in the room already: the record has the arrival.
  const { head } = await house.call('archive_state');
  await identify('iPhone de despacho', nameOf(12));
  await row('iPhone').getByText('Llega a las 08:25 · ya consta').waitFor();
  assert.equal(await save().getAttribute('aria-disabled'), 'true');
  // Somebody who is in the room from the roll on came as what the record says, and nobody leaves twice.
  await identify('iPhone de despacho', nameOf(4));
  await row('iPhone').getByText('Llega a las 08:25 · ya consta').waitFor();
  // Nobody any more: nothing of it is chosen.
  await press('Control+a', 'Backspace');
  await dialog.getByLabel('Quién es Nadie Conocido').focus();
  await row('iPhone').getByText('Nadie con ese nombre o correo está en el directorio.').waitFor();
  assert.equal((await house.call('archive_state')).head, head);
  await dialog.getByRole('button', { name: 'Cancelar' }).focus();
  await press('Enter');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
});

test('once the session ended it asks for the reason, and tells which vote it would change', async () => {
  await house.call('file_motion', { id: 'm-1', session_id: SESSION, kind: 'procedural', text: 'Aprobar el orden' });
  await at(house, oclock('09:35'));
  await takeVote(house, 'm-1');
  await at(house, oclock('09:40'));
  await house.call('adjourn_session', { session_id: SESSION });
  await house.go(LIVE);
  await house.command('Informe de la plataforma');
  await asked('Informe de asistencia de la plataforma');
  await choose(zoom('informe.csv', linesUntil('09:40:00')));
  await save().getByText('Registrar 1 movimiento', { exact: true }).waitFor();
  await press('Control+Enter');
  await house.inField('Por qué se registra');
  await dialog.getByText('Escriba por qué se agrega después de la sesión.').waitFor();
  assert.deepEqual(await house.inBothThemes('informe-levantada'), []);
  await page.keyboard.type('Lo dice el informe de la plataforma.');
  await press('Control+Enter');
  const told = dialog.getByRole('alert');
  await told.getByText(/Esto cambia la cuenta de una votación ya cerrada\..*no se cambió nada\.$/).waitFor();
  await save().getByText('Registrar de todos modos').waitFor();
  assert.ok(await told.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight), 'in view');
  assert.deepEqual(await house.inBothThemes('informe-cambia'), []);
  // Another choice asks anew.
  const leaves = row(nameOf(3)).getByLabel('Se retira a las 08:50');
  await leaves.focus();
  await press('Space', 'Space');
  await save().getByText('Registrar 1 movimiento', { exact: true }).waitFor();
  await press('Control+Enter');
  await save().getByText('Registrar de todos modos').waitFor();
  await press('Control+Enter');
  await says('Se registró un movimiento del informe.');
  await until((view) => movementsOf(view, 3).at(-1) === 'departure 08:50');
});

test('in English, in a low window', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en' });
  await house.restart(LIVE);
  await house.command('Platform report');
  await asked('Attendance report of the platform');
  await dialog.locator('input[type=file]').setInputFiles(zoom('report.csv', linesUntil('09:40:00')));
  await dialog.getByText('Identified by hand').waitFor();
  assert.deepEqual(await house.inBothThemes('informe-en'), []);
  assert.deepEqual(house.complaints, []);
});
