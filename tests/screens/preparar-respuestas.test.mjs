// What the core keeps of an answer: who will come, when it was received and the file that shows it; minutes to approve, by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdf, pick, place, wordsOf } from './preparation.mjs';
import { houseWithSession, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page } = house;

test('an answer keeps who will come, the hour it was received and its file, which opens again', async () => {
  await house.go(place('quorum'));
  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'Ana Eugenia' }).first().click();
  const form = page.locator('#seat-answer');
  await form.getByText('Asistirá', { exact: true }).click();
  await pick(page, form.getByRole('combobox', { name: 'Quién asistirá' }), 'Doralba');
  const [day, , , hour] = await form.getByRole('spinbutton').all();
  await day.focus();
  await page.keyboard.type('09022026');
  await page.getByRole('button', { name: 'Registrar', exact: true }).press('Enter');
  await form.getByText('Escriba el día y la hora en que se recibió', { exact: false }).waitFor();
  await hour.focus();
  await page.keyboard.type('0915');
  await form.locator('input[type=file]').setInputFiles([pdf('oficio.pdf')]);
  await form.getByText('oficio.pdf').waitFor();
  assert.deepEqual(await house.inBothThemes('preparar-respuesta'), []);
  await page.getByRole('button', { name: 'Registrar', exact: true }).press('Enter');
  await page.getByRole('button', { name: 'Abrir oficio.pdf' }).waitFor();
  const kept = async () => (await house.call('expected_quorum', { session_id: SESSION })).seats[0];
  const first = await kept();
  assert.equal(first.confirmation.received_at, '2026-02-09T14:15:00Z');
  assert.equal(first.confirmation.file, 'oficio.pdf');
  assert.match(first.coming.name, /Doralba/);
  await page.getByRole('button', { name: 'Abrir oficio.pdf' }).press('Enter');
  await house.handled('oficio.pdf');

  // Another thing of the same answer is mended: what is not touched stays.
  await form.getByText('Se recibió por escrito').click();
  await page.getByRole('button', { name: 'Registrar', exact: true }).press('Enter');
  await house.until(async () => (await kept()).confirmation.in_writing, 'it came in writing');
  const second = await kept();
  assert.equal(second.confirmation.in_writing, true);
  assert.equal(second.confirmation.received_at, first.confirmation.received_at);
  assert.equal(second.confirmation.person_id, first.confirmation.person_id);
  assert.equal(second.confirmation.blob_id, first.confirmation.blob_id);
});

test('minutes to approve are put in an item by hand, and taken out', async () => {
  const next = await house.call('create_session', { body_id: 'body-comision', date: '2026-06-18', kind: 'ordinary' });
  const item = await house.call('add_agenda_item', {
    session_id: next.id,
    title: 'Aprobación de actas',
    kind: 'previous_minutes',
  });
  const ids = async () =>
    (await house.call('get_agenda', { session_id: next.id })).items.find((one) => one.item.id === item.id).item
      .minutes_ids;
  const becomes = (n) => house.until(async () => (await ids()).length === n, `minutes of the item: ${n}`);
  await house.go(place('', next.id));
  await page.getByText('Aprobación de actas').first().click();
  const { button } = wordsOf(page);
  await pick(page, page.getByRole('combobox', { name: 'Agregar un acta por aprobar…' }), 'Acta n.º 4');
  await becomes(1);
  await button('Quitar el acta n.º 4 de 2025').waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-actas-por-aprobar'), []);
  await button('Quitar el acta n.º 4 de 2025').press('Enter');
  await becomes(0);
});

test('in English', async () => {
  await house.prefer({ language: 'en' });
  await house.restart(place('quorum'));
  await page.getByRole('row').filter({ hasText: 'Doralba' }).first().click();
  await page.getByRole('button', { name: 'Open oficio.pdf' }).waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
