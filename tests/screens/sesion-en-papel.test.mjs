// A session that was kept on paper is entered after it was held, with the hours of the paper.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { recordOf } from './session.mjs';

const house = await houseOfStories();
const { page, asked, press } = house;
/** The session that the first story enters. */
let id;

test('the place typed stays when the dialog is left; a session of the past says why it is entered now', async () => {
  await house.go('/sesiones');
  await page.keyboard.press('Control+n');
  await asked('Programar una sesión');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Lugar' }).fill('Salón Gonzalo Jiménez');
  await press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await house.restart('/sesiones');
  await page.keyboard.press('Control+n');
  await asked('Programar una sesión');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((one) => one.value.startsWith('Salón')),
  );

  await dialog.getByRole('spinbutton').first().focus();
  await page.keyboard.type('11122025');
  await dialog.getByText('Se llevó en papel').click();
  await dialog.getByRole('button', { name: 'Registrar' }).press('Enter');
  await dialog.getByText('Diga de qué documento', { exact: false }).waitFor();
  assert.deepEqual(await house.inBothThemes('sesion-en-papel-registrar'), []);
  await dialog
    .getByRole('textbox', { name: /De qué documento/ })
    .fill('Acta manuscrita, folios 12 a 15: no había equipo en la sala.');
  await press('Control+Enter');
  await page.getByRole('tab', { name: /Orden del día/ }).waitFor();
  const made = (await house.call('list_sessions', {})).sessions.find((one) => one.entered_afterwards);
  assert.equal(made.place, 'Salón Gonzalo Jiménez');
  id = made.id;
  assert.deepEqual(await house.call('list_drafts', { prefix: 'session/new/' }), []);
  await page.getByText('registrada después').first().waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('sesion-en-papel-preparar'), []);
});

test('it is opened and goes on by the clock of the paper', async () => {
  await house.call('add_agenda_item', { session_id: id, title: 'Llamado a lista', kind: 'opening' });
  await house.go(`/sesiones/${id}/sesionar`);
  await page.getByText('Se registra después de realizada.').waitFor();
  await page.getByRole('button', { name: 'Instalar sesión…' }).press('Enter');
  await asked('Hora de apertura');
  await press('Control+Enter');
  const { live, until } = recordOf(house, id);
  await until((view) => view.opened);
  const clock = page.getByRole('group', { name: 'Hora en el papel' });
  await clock.waitFor();
  assert.equal((await live()).course.opened_at, '2025-12-11T13:00:00Z');
  await clock.getByRole('spinbutton').last().focus();
  await page.keyboard.type('07');
  await page.getByRole('switch').first().press('Space');
  await until((view) => view.events.some((one) => one.kind === 'roll_answer'));
  const answer = (await live()).events.find((one) => one.kind === 'roll_answer');
  assert.equal(answer.occurred_at, '2025-12-11T13:07:00Z');
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('sesion-en-papel'), []);
  // After a restart the clock stands at the last thing entered.
  await house.restart(`/sesiones/${id}/sesionar`);
  assert.equal(
    await page.getByRole('group', { name: 'Hora en el papel' }).getByRole('spinbutton').last().innerText(),
    '07',
  );
});

test('how it was convened is entered from the paper: the day and the hour are asked for', async () => {
  await house.go(`/sesiones/${id}/preparar`);
  await page.getByRole('button', { name: 'Registrar la convocatoria…' }).waitFor();
  await press('Control+Enter');
  await asked('Cuándo y por qué medio salió la convocatoria');
  const dialog = page.getByRole('alertdialog');
  const confirm = dialog.getByRole('button', { name: 'Registrar' });
  assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
  await dialog.getByRole('group', { name: 'Día de envío' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('03122025');
  await dialog.getByRole('group', { name: 'Hora de envío' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0915');
  await dialog.getByRole('combobox', { name: 'Medio' }).focus();
  await press('Control+a');
  await page.keyboard.type('Oficio con radicado 2025-114');
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  assert.deepEqual(await house.inBothThemes('sesion-en-papel-convocatoria'), []);
  await press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const { notice } = (await house.call('get_session', { session_id: id })).session;
  assert.deepEqual([notice.convened_at, notice.channel], ['2025-12-03T14:15:00Z', 'Oficio con radicado 2025-114']);
});

test('the list says that it was kept on paper, in English too', async () => {
  await house.restart('/sesiones');
  await page
    .getByRole('row')
    .filter({ hasText: 'n.º 5 de 2025' })
    .getByTitle('Se registró después de realizada')
    .waitFor();
  await house.prefer({ language: 'en' });
  await house.restart(`/sesiones/${id}/sesionar`);
  await page.getByText('Entered after it was held.').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
