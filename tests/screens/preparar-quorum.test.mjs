// What each seat answers to the notice, and what that makes of the quorum.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pick, place, wordsOf } from './preparation.mjs';
import { houseWithSession, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page } = house;

test('each seat answers: by key, with an excuse, by delegation; undone', async () => {
  const { button } = wordsOf(page);
  await house.go(place('quorum'));
  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'Ana Eugenia' }).first().click();
  await page.keyboard.press('a');
  await rows.filter({ hasText: 'Ana Eugenia' }).filter({ hasText: 'Cuenta' }).waitFor();
  const seats = async () => await house.call('expected_quorum', { session_id: SESSION });
  assert.equal((await seats()).sure, 1);

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await page.keyboard.type('Comisión de servicios en Quito');
  await page.keyboard.press('Control+Enter');
  await rows.filter({ hasText: 'Bartolomé' }).filter({ hasText: 'No cuenta' }).waitFor();
  // The keys are at its row again, to go on with the next seat.
  await page.waitForFunction(
    () => document.activeElement?.matches('tr') && /Bartolomé/.test(document.activeElement.textContent),
  );
  assert.equal((await seats()).seats[1].confirmation.text, 'Comisión de servicios en Quito');

  await rows.filter({ hasText: 'Jerónimo' }).first().click();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await pick(page, dialog.getByRole('combobox', { name: 'Persona delegada' }), 'Néstor');
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
  await pick(page, delegate, 'Doralba');
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

test('an act that is not accepted stays on record and does not count; it is accepted later', async () => {
  const rows = page.getByRole('row');
  const row = rows.filter({ hasText: 'Lucrecia' }).first();
  await row.click();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await pick(page, dialog.getByRole('combobox', { name: 'Persona delegada' }), 'Doralba');
  await dialog.getByRole('textbox', { name: 'Número' }).fill('2026-16');
  await dialog.getByRole('spinbutton').first().focus();
  await page.keyboard.type('05022026');
  await dialog.getByText('Se recibe y no se acepta').click();
  await dialog.getByRole('textbox', { name: 'Por qué no se acepta' }).fill('No la firma quien ocupa el puesto');
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
  const kept = async () =>
    (
      await house.call('list_delegations', {
        seat_id: 'com-hacienda',
        on: '2026-03-26',
      })
    )[0];
  assert.equal((await kept()).status, 'rejected');
  const seat = async () =>
    (await house.call('expected_quorum', { session_id: SESSION })).seats.find((one) => one.seat_id === 'com-hacienda');
  assert.equal((await seat()).answer, 'unknown');
  const listed = page.getByRole('region', { name: 'Delegaciones del puesto' });
  await listed.getByText('No la firma quien ocupa el puesto').waitFor();
  await house.quiet();
  assert.deepEqual(await house.violations(), []);
  await listed.getByRole('button', { name: /2026-16/ }).click();
  await page.getByRole('menuitem', { name: 'Quitar el rechazo' }).click();
  await house.until(async () => (await kept()).status === 'valid', 'the rejection is taken back');
});
