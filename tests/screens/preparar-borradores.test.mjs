// What is being typed while a session is prepared, when the power goes: it is where it was.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place, wordsOf } from './preparation.mjs';
import { houseWithSession, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, asked } = house;
const { field } = wordsOf(page);

/** Types and waits until it is kept, as when the hand rests; the field is never left. */
async function typed(text, key) {
  await page.keyboard.type(text);
  const draft = () => house.call('get_draft', { key });
  await house.until(async () => (await draft())?.text.includes(text), `a draft of ${key}`);
}
/** The power goes: nothing is left, nothing closes. */
const powerCut = async (path) => {
  await house.restart(path);
  await house.quiet();
};
const drafts = async () => (await house.call('list_drafts', {})).map((one) => one.key);

test("an item's note: its item is shown, with it", async () => {
  await house.go(place());
  await page.getByRole('list', { name: 'Puntos del orden del día' }).getByText('Seguimiento a los compromisos').click();
  await page.getByRole('textbox', { name: /Nota de la secretaría/ }).focus();
  await typed('Pedir el informe a Hacienda', 'agenda_item/it-compromisos/note');
  // A page that goes with the field under the hand would leave it: the text that comes back is the draft's.
  await page.evaluate(() => document.addEventListener('blur', (event) => event.stopImmediatePropagation(), true));
  await powerCut(place());
  await page.getByText('Se recuperó lo que se estaba escribiendo en este punto.').waitFor();
  const note = page.getByRole('textbox', { name: /Nota de la secretaría/ });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('textarea')].some((one) => one.value === 'Pedir el informe a Hacienda'),
  );
  await note.focus();
  await page.keyboard.press('Tab');
  await house.until(async () => (await drafts()).length === 0, 'no draft is left');
  const line = (await house.call('get_agenda', { session_id: SESSION })).items.find(
    (one) => one.item.id === 'it-compromisos',
  );
  assert.equal(line.item.note, 'Pedir el informe a Hacienda');
});

test("the session's note, and a new item with its reason", async () => {
  await house.go(place());
  await page.keyboard.press('Control+n');
  await typed('Adhesión a la red', `session/${SESSION}/new_item/title`);
  for (let field = 0; field < 3; field += 1) await page.keyboard.press('Tab'); // its kind, and the button
  await typed('La invitación llegó ayer', `session/${SESSION}/new_item/late_reason`);
  await powerCut(place());
  await page.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((one) => one.value === 'Adhesión a la red'),
  );
  await page.getByRole('textbox', { name: 'Por qué se adiciona después de convocar' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Adicionado después de convocar').waitFor();
  await house.until(async () => (await drafts()).length === 0, 'no draft is left');
});

test('an excuse being taken down', async () => {
  await house.go(place('quorum'));
  const row = page.getByRole('row').filter({ hasText: 'Bartolomé' }).first();
  await row.click();
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  const { seats } = await house.call('expected_quorum', { session_id: SESSION });
  await typed('Comisión de servicios', `session/${SESSION}/excuse/${seats[1].seat_id}`);
  await powerCut(place('quorum'));
  await row.click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll('textarea')].some((one) => one.value === 'Comisión de servicios'),
  );
  await page.getByRole('button', { name: 'Registrar', exact: true }).click();
  await row.filter({ hasText: 'No cuenta' }).waitFor();
  await house.until(async () => (await drafts()).length === 0, 'no draft is left');
});

test('the reason for putting a session off, in its dialog, also after Escape', async () => {
  await house.go(place());
  const open = async () => {
    await page.getByRole('button', { name: /Más/ }).first().click();
    await page.getByRole('menuitem', { name: 'Aplazar la sesión…' }).click();
    await asked('Aplazar la sesión');
  };
  await open();
  await field('Razón').focus();
  await typed('Se cruza con el Concejo', `session/${SESSION}/postpone`);
  await page.keyboard.press('Escape');
  await open();
  assert.equal(await field('Razón').inputValue(), 'Se cruza con el Concejo');
  await powerCut(place());
  await open();
  await page.waitForFunction(() => document.querySelector('.dialog textarea')?.value === 'Se cruza con el Concejo');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Aplazada').first().waitFor();
  await house.until(async () => (await drafts()).length === 0, 'no draft is left');
  assert.deepEqual(house.complaints, []);
});
