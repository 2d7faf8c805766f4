// Historial: every act with who and when, what it changed, taken back; the archive verified; keys and the palette.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseWithSession } from './session.mjs';

const house = await houseWithSession();
const { page } = house;
await house.call('set_confirmation', {
  session_id: 'ses-viva',
  seat_id: 'com-hacienda',
  answer: 'will_attend',
});
await house.go('/historial');

test('ids are told by their names, of whatever kind', async () => {
  const [{ seq }] = await house.call('list_journal', { limit: 1 });
  const { names } = await house.call('get_journal_entry', { seq });
  await page.locator('tbody tr').first().focus();
  await page.locator('dl').first().waitFor();
  const told = await page.locator('section.side').innerText();
  for (const id of ['ses-viva', 'com-hacienda']) {
    assert.ok(names[id], `${id} has a name`);
    assert.ok(told.includes(names[id]), `${names[id]} is told in: ${told}`);
    assert.ok(!told.includes(id), `${id} is not`);
  }
});

test('the list says what each act is about', async () => {
  const [{ about }] = await house.call('list_journal', { limit: 1 });
  assert.equal(about, 'Lucrecia Inmaculada Zúñiga-Echeverri del Castillo-Peñuela');
  assert.ok((await page.locator('tbody tr').first().innerText()).includes(about));
});

test('an act shows what it changed and is taken back from its row', async () => {
  const before = (await house.call('list_journal', { limit: 50 })).length;
  await page.locator('tbody tr').nth(1).focus();
  await page.locator('dl').first().waitFor();
  assert.deepEqual(await house.inBothThemes('historial'), []);
  await page.locator('tbody tr').first().focus();
  await page.keyboard.press('Control+z');
  const entries = async () => (await house.call('list_journal', { limit: 50 })).length;
  await house.until(async () => (await entries()) === before + 1, 'undoing is an entry');
  await page.keyboard.press('Control+Shift+z');
  await house.until(async () => (await entries()) === before + 2, 'redoing is another');
});

test('an act is found by its words, by whom it is about', async () => {
  await page.keyboard.press('Control+f');
  const rows = page.locator('tbody tr');
  const finds = async (typed, told) => {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(typed);
    await house.until(async () => (await rows.count()) === 1 && (await rows.first().innerText()).includes(told), typed);
  };
  await finds('confirmacion zuñiga', 'Lucrecia Inmaculada');
  await finds('carga de datos', 'Muchos registros');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('nadie dijo esto');
  await page.getByText('Ningún asiento dice todo eso').waitFor();
  assert.deepEqual(await house.inBothThemes('historial-sin-hallar'), []);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await house.until(async () => (await rows.count()) > 1, 'everything again');
});

test('the archive is verified', async () => {
  await page.getByRole('button', { name: 'Verificar el archivo' }).focus();
  await page.keyboard.press('Enter');
  await page.locator('.strip .mono').waitFor({ timeout: 15_000 });
  assert.deepEqual(await house.inBothThemes('historial-verificado'), []);
});

test('F1 shows the keys and Ctrl+K finds what was written', async () => {
  await page.keyboard.press('F1');
  await page.getByRole('dialog').waitFor();
  assert.deepEqual(await house.inBothThemes('teclas'), []);
  await page.keyboard.press('Escape');
  await house.palette('reforma reglamento');
  await page
    .getByRole('option', { name: /Reforma del reglamento interno/ })
    .first()
    .waitFor();
  assert.deepEqual(await house.inBothThemes('buscar'), []);
  assert.deepEqual(house.complaints, []);
});

test('in the smallest window, with large text: what, about what and who are read whole or in two lines', async () => {
  await page.keyboard.press('Escape');
  await house.prefer({ text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/historial');
  await page.locator('tbody tr').first().waitFor();
  const heads = await page.locator('thead th:visible').allInnerTexts();
  for (const head of ['Qué', 'Sobre qué', 'Quién']) assert.ok(heads.includes(head), `${head} in ${heads.join(', ')}`);
  const sides = await page
    .locator('tbody td')
    .evaluateAll((cells) => cells.filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1).length);
  assert.equal(sides, 0);
  assert.deepEqual(await house.violations(), []);
});
