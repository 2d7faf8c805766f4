// Preparing a session by keyboard: its agenda and its notice.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { pick, wordsOf } from './preparation.mjs';

const house = await houseOfStories();
const { page } = house;
/** The session that the first story makes. */
let session;
const { button } = wordsOf(page);
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
  // How people meet; in writing only where a norm allows it, and it says so.
  const mode = page.getByRole('combobox', { name: 'Modalidad' });
  await mode.press('Enter');
  await page.getByRole('option').first().waitFor();
  assert.deepEqual(await page.getByRole('option').allInnerTexts(), [
    'Presencial',
    'Virtual',
    'Mixta',
    'No presencial (escrita)',
  ]);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByText(/no permite sesiones no presenciales por escrito/).waitFor();
});

test('the agenda is built from the record and arranged by keyboard', async () => {
  await page.keyboard.press('Alt+a');
  await page.getByRole('listitem').filter({ hasText: 'Proposiciones y varios' }).first().waitFor();
  await house.quiet();
  assert.equal((await agenda()).length, 5);

  await page.keyboard.press('Control+n');
  await page.keyboard.type('Informe del portafolio');
  // Pressed twice in one go it is one item.
  await page.evaluate(() => {
    const form = document.activeElement.form;
    form.requestSubmit();
    form.requestSubmit();
  });
  const added = page.getByRole('list', { name: 'Puntos del orden del día' }).getByRole('listitem').nth(4);
  await added.filter({ hasText: 'Informe del portafolio' }).waitFor();
  await house.quiet();
  assert.equal((await titles())[4], '5 Informe del portafolio', 'before the other business that closes the agenda');
  assert.equal((await agenda()).length, 6);

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
  await pick(page, page.getByRole('combobox', { name: 'Agregar una función…' }), 'gen-03');
  await button('Quitar la función gen-03').waitFor();
  assert.deepEqual((await agenda())[3].item.function_codes, ['gen-03']);
  await pick(page, page.getByRole('combobox', { name: /Presenta/ }), 'Pilar Amparo');
  await page
    .getByRole('list', { name: 'Puntos del orden del día' })
    .getByText(/Pilar Amparo/)
    .waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-orden-del-dia'), []);

  // What kind of item it is is seen where it is typed, guessed from its words, and chosen by the keys.
  await page.keyboard.press('Control+n');
  const kind = page.getByRole('combobox', { name: 'Clase del punto' });
  for (const [words, guess] of [
    ['Aprobación del plan de acción', 'Propuesta'],
    ['Aprobación del acta anterior', 'Acta anterior'],
    ['Reforma del reglamento interno', 'Reglamento interno'],
    ['Varios', 'Proposiciones y varios'],
    ['Informe de gestión y aprobación del informe', 'Informe con decisión'],
    ['Mesa de humedales', 'Informe'],
  ]) {
    await page.keyboard.press('Control+a');
    await page.keyboard.type(words);
    await kind.filter({ hasText: new RegExp(`^\\s*${guess}\\s*$`) }).waitFor();
  }
  await page.keyboard.press('Tab');
  assert.ok(await kind.evaluate((one) => one === document.activeElement));
  assert.equal(await page.getByRole('option').count(), 0, 'the list of the field that was left is closed');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Propuesta', exact: true }).waitFor();
  assert.deepEqual(await house.inBothThemes('preparar-clase-del-punto'), []);
  await page.keyboard.type('Propu');
  await page.keyboard.press('Enter');
  await kind.filter({ hasText: 'Propuesta' }).waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await house.until(async () => (await agenda()).length === 7, 'the item is added');
  const typed = (await agenda()).find((line) => line.item.title === 'Mesa de humedales');
  assert.equal(typed.item.kind, 'proposal');
  await kind.filter({ hasText: /^\s*Informe\s*$/ }).waitFor();
  await house.call('remove_agenda_item', { id: typed.item.id });
  await house.until(async () => (await agenda()).length === 6, 'it is gone');

  // What is removed comes back; the next item has the keys, so that it can be removed too.
  const focused = (index) =>
    page.waitForFunction(
      (at) => document.activeElement === [...document.activeElement.parentElement.children].at(at),
      index,
    );
  await page.getByRole('list', { name: 'Puntos del orden del día' }).getByRole('listitem').nth(3).focus();
  await page.keyboard.press('Delete');
  await button('Deshacer').waitFor();
  assert.equal((await agenda()).length, 5);
  await focused(3);
  const after = (await agenda())[3].item.id;
  await page.keyboard.press('Delete');
  await page.locator(`li[data-key="${after}"]`).waitFor({ state: 'detached' });
  assert.equal((await agenda()).length, 4);
  await focused(-1);
  for (const kept of [5, 6]) {
    await page.keyboard.press('Control+z');
    await house.until(async () => (await agenda()).length >= kept, `${kept} items`);
  }
  await page
    .getByRole('list', { name: 'Puntos del orden del día' })
    .getByText('Informe del portafolio internacional')
    .waitFor();
  assert.equal((await agenda()).length, 6);
  assert.deepEqual((await agenda())[3].item.function_codes, ['gen-03']);
});
