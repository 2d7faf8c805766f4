// Papers dropped on a session: who sent them, when, and what they become.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { msg } from './outlook.mjs';
import { drop, message, pdf, photo, pick, place } from './preparation.mjs';
import { houseWithSession, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page } = house;
const dialog = () => page.getByRole('dialog', { name: 'Archivar lo recibido' });
const file = () => dialog().getByRole('button', { name: 'Archivar', exact: true }).click();
const seat = async (id) =>
  (await house.call('expected_quorum', { session_id: SESSION })).seats.find((one) => one.seat_id === id);
const annexes = (owner, owner_id) => house.call('list_annexes', { owner, owner_id });
const seatRow = (name) => page.getByRole('row').filter({ hasText: name }).first();

test('an Outlook message dropped on a seat becomes its excuse, with its sender and time', async () => {
  await house.go(place('quorum'));
  await seatRow('Lucrecia').waitFor();
  await drop(page, seatRow('Lucrecia'), [
    msg({
      from: 'Hacienda',
      address: 'despacho@demo.invalid',
      subject: 'Excusa para la sesión',
      text: 'Presento excusa: a esa hora atiendo el Concejo.',
      sent: '2026-02-09T14:15:00Z',
    }),
  ]);
  await dialog().getByText('despacho@demo.invalid').waitFor();
  await dialog().getByText(/9:15/).waitFor();
  await house.quiet();
  assert.ok(await dialog().getByRole('radio', { name: 'Excusa' }).isChecked());
  assert.match(
    await dialog().getByRole('combobox', { name: 'Puesto' }).inputValue(),
    /Hacienda/,
    'the seat it fell on',
  );
  assert.deepEqual(await house.inBothThemes('recibir-correo'), []);
  // The message is kept and never printed: its reason is what the secretary types, or its subject.
  await dialog().getByRole('button', { name: 'Usar el asunto' }).click();
  await file();
  await dialog().waitFor({ state: 'detached' });
  const { answer, confirmation } = await seat('com-hacienda');
  assert.equal(answer, 'excused');
  assert.equal(confirmation.text, 'Excusa para la sesión');
  assert.equal(confirmation.received_at, '2026-02-09T14:15:00Z');
});

test('several at once are filed one after the other; a photo becomes an annex of the session', async () => {
  await drop(page, page.getByRole('tab', { name: /Quórum/ }), [
    message({
      from: 'Ana Eugenia <ana@demo.invalid>',
      subject: 'Confirmo asistencia',
      text: 'Confirmo mi asistencia.',
    }),
    photo('sala.png'),
  ]);
  await dialog().getByText('ana@demo.invalid').waitFor();
  await house.quiet();
  assert.ok(await dialog().getByRole('radio', { name: 'Confirmación' }).isChecked());
  await dialog().getByText('Falta 1 papel por archivar').waitFor();
  const box = dialog().getByRole('combobox', { name: 'Puesto' });
  await pick(page, box, 'Relaciones');
  await file();
  await dialog().getByText('sala.png').first().waitFor();
  await dialog().getByText('No es un correo: no trae remitente ni hora.').waitFor();
  await dialog().getByText('Anexo', { exact: true }).click();
  await file();
  await dialog().waitFor({ state: 'detached' });
  assert.equal((await annexes('session', SESSION)).filter((one) => one.annex.file === 'sala.png').length, 1);
});

test('a paper dropped on an agenda item is an annex that takes its title', async () => {
  await house.go(place());
  const item = page.getByRole('list', { name: 'Puntos del orden del día' }).getByText('Reforma del reglamento interno');
  await item.waitFor();
  await drop(page, item, [pdf('proyecto.pdf')]);
  await dialog().getByText('proyecto.pdf').first().waitFor();
  await house.quiet();
  assert.ok(await dialog().getByRole('radio', { name: 'Anexo' }).isChecked());
  assert.match(await dialog().getByRole('textbox', { name: 'Título del anexo' }).inputValue(), /^Reforma del/);
  assert.deepEqual(await house.violations(), []);
  await file();
  await dialog().waitFor({ state: 'detached' });
  const kept = (await annexes('session', SESSION)).find((one) => one.annex.file === 'proyecto.pdf');
  assert.match(kept.annex.title, /^Reforma del reglamento interno/);
});

test('what cannot be read says so and the next one goes on', async () => {
  await drop(page, page.getByRole('tab', { name: 'Documentos' }), [
    { name: 'roto.msg', mimeType: 'application/vnd.ms-outlook', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') },
    pdf('ponencia.pdf'),
  ]);
  await dialog().getByRole('alert').waitFor();
  await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
  await dialog().getByText('ponencia.pdf').first().waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  assert.deepEqual(
    house.complaints.filter((one) => !one.includes('400')),
    [],
  );
});
