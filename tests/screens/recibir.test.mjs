// Mail and papers dropped on the window: received from any screen into a session that is said by its name.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { drop, message, pdf, photo, pick } from './preparation.mjs';
import { CONVENED, convene, SESSION } from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page } = house;
const dialog = () => page.getByRole('dialog', { name: 'Archivar lo recibido' });
const annexes = (owner_id) => house.call('list_annexes', { owner: 'session', owner_id });
const excuse = () =>
  message({
    from: 'Hacienda <despacho@demo.invalid>',
    subject: 'Excusa',
    text: 'Presento excusa: a esa hora atiendo el Concejo.',
  });

test('with no session being prepared, a notice says where it is dropped', async () => {
  await house.go('/hoy');
  await drop(page, page.getByRole('heading', { level: 1 }), [photo('acta-firmada.png')]);
  await page.getByText('Ninguna sesión está en preparación.').waitFor();
  assert.equal(await dialog().count(), 0);
});

test('on Hoy it goes to the session being prepared, which the dialog names', async () => {
  await convene(house);
  await house.go('/hoy');
  await drop(page, page.getByRole('heading', { level: 1 }), [excuse()]);
  await dialog().getByText('Se archiva en: Sesión ordinaria n.º 1 de 2026').waitFor();
  await dialog().getByText('despacho@demo.invalid').waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('recibir-en-hoy'), []);
  await pick(page, dialog().getByRole('combobox', { name: 'Puesto' }), 'Hacienda');
  await dialog().getByRole('button', { name: 'Archivar', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  const { seats } = await house.call('expected_quorum', { session_id: SESSION });
  assert.equal(seats.find((one) => one.seat_id === 'com-hacienda').answer, 'excused');
});

test('on the header of a session it goes to that one, and with several the person chooses', async () => {
  await house.call('create_session', {
    id: 'ses-otra',
    body_id: 'body-comision',
    kind: 'extraordinary',
    date: '2026-04-16',
    planned_start: '08:00:00',
  });
  await house.go('/sesiones/ses-otra/preparar');
  await drop(page, page.getByRole('heading', { level: 1 }), [photo('sala.png')]);
  await dialog().getByText('Se archiva en: Sesión extraordinaria').waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });

  await house.go('/propuestas');
  await drop(page, page.getByRole('heading', { level: 1 }), [photo('sala.png')]);
  const which = dialog().getByRole('combobox', { name: 'Sesión en que se archiva' });
  await which.waitFor();
  assert.match(await which.innerText(), /ordinaria n.º 1/);
  assert.deepEqual(await house.violations(), []);
  await which.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: /extraordinaria/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !document.querySelector('[role=option]'));
  await dialog().getByRole('button', { name: 'Archivar', exact: true }).waitFor();
  await dialog().getByRole('button', { name: 'Archivar', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
  assert.equal((await annexes('ses-otra')).length, 1);
  assert.equal((await annexes(SESSION)).length, 0);
});

test('a sender with a seat in another body: none of it is suggested, and what lacks is said at its field', async () => {
  const elsewhere = (await house.call('list_bodies', {})).find((one) => one.id !== 'body-comision');
  const here = await house.call('list_members', { body_id: 'body-comision' });
  const there = await house.call('list_members', { body_id: elsewhere.id });
  const seats = new Set(here.seats.map((one) => one.current?.person.id));
  const other = there.seats.find((one) => one.current && !seats.has(one.current.person.id));
  await house.call('set_contact', { person_id: other.current.person.id, email: 'otro@demo.invalid' });
  await house.go(`/sesiones/${SESSION}/preparar`);
  await drop(page, page.getByRole('heading', { level: 1 }), [
    message({ from: 'Otro <otro@demo.invalid>', subject: 'Excusa', text: 'Presento excusa.' }),
  ]);
  await house.inField('Puesto');
  assert.equal(await dialog().getByRole('combobox', { name: 'Puesto' }).inputValue(), '');
  await page.keyboard.press('Control+Enter');
  await dialog().getByText('Elija el puesto.').waitFor();
  await house.inField('Puesto');
  assert.deepEqual(await house.inBothThemes('recibir-sin-puesto'), []);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('the title of a PDF is its name without what the program added', async () => {
  await drop(page, page.getByRole('heading', { level: 1 }), [pdf('Informe de gestión 2025.pdf')]);
  await dialog().getByRole('textbox', { name: 'Título del anexo' }).waitFor();
  await dialog().getByText('«Informe de gestión 2025», si no se dice otro.').waitFor();
  assert.equal(await dialog().getByText('El asunto si no se dice').count(), 0);
  await page.keyboard.press('Control+Enter');
  await dialog().waitFor({ state: 'detached' });
  assert.ok((await annexes(SESSION)).some((one) => (one.annex ?? one).title === 'Informe de gestión 2025'));
});

test('beside the box of an open dialog it says so, and nothing is lost', async () => {
  await house.go('/propuestas');
  await page.keyboard.press('Control+n');
  await page.getByRole('dialog').waitFor();
  await drop(page, page.locator('body'), [photo('sala.png')]);
  await page.getByText('Suéltelo en el recuadro').waitFor();
  assert.equal(await dialog().count(), 0);
  await page.keyboard.press('Escape');
  assert.deepEqual(house.complaints, []);
});
