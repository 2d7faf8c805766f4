// Sesionar: what is being written in a form and is not recorded yet, when the power goes or the form is left.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, houseWithSession, LIVE, openWith, recordOf, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, asked } = house;
await openWith(house, 10);
await begin(house, '08:20', 'it-varios');
await house.go(LIVE);

const { live } = recordOf(house);
const dialog = () => page.locator('.dialog');
const text = (name) => dialog().getByRole('textbox', { name });
const drafts = async () => (await house.call('list_drafts', {})).map((one) => one.key);
/** Waits until what the core keeps as drafts holds. */
const kept = (holds) => house.until(async () => holds(await house.call('list_drafts', {})), `drafts: ${holds}`);
/** Opens a form by its key and waits until it says so. */
async function open(key, title) {
  await press(key);
  await asked(title);
}
/** Waits until the field with that name holds that text. */
const holds = (name, value) =>
  page.waitForFunction(
    ([label, want]) =>
      [...document.querySelectorAll('.dialog :is(textarea, input)')].some(
        (one) => one.labels?.[0]?.textContent.trim().startsWith(label) && one.value === want,
      ),
    [name, value],
  );
const recovered = () => dialog().getByText('Se recuperó lo que se escribía el 26 mar 2026, 08:20 y no se registró.');

test('half a decision, when the power goes: its words are there again, and recorded they are a draft no more', async () => {
  await open('F8', 'Registrar decisión');
  await page.keyboard.type('Crear la mesa técnica de');
  await kept(([one]) => one?.text.includes('Crear la mesa técnica de'));
  await page.getByText(/^Guardado a las/).waitFor();
  await house.restart(LIVE);
  await page.getByRole('button', { name: /^Seguir con lo escrito/ }).waitFor();
  await open('F8', 'Registrar decisión');
  await holds('Decisión', 'Crear la mesa técnica de');
  await recovered().waitFor();
  assert.deepEqual(await house.inBothThemes('sesionar-recuperado'), []);
  await text('Decisión').press('End');
  await page.keyboard.type(' humedales.');
  // Nobody voted: it is procedural.
  assert.equal(
    await dialog()
      .getByRole('checkbox', { name: /Sustantiva/ })
      .isChecked(),
    false,
  );
  await press('Control+Enter');
  await dialog().waitFor({ state: 'detached' });
  await kept((all) => all.length === 0);
  assert.deepEqual(
    (await live()).decisions.map((one) => one.text),
    ['Crear la mesa técnica de humedales.'],
  );
  await page.getByRole('button', { name: /^Registrar decisión/ }).waitFor();
  await open('F8', 'Registrar decisión');
  assert.equal(await text('Decisión').inputValue(), '');
  assert.equal(await recovered().count(), 0);
  await press('Escape');
});

test('a motion left with Esc, and another screen: it is there; discarded, it can be put back', async () => {
  await open('F3', 'Nueva moción');
  await page.keyboard.type('Invitar a la Personería');
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await house.go('/sesiones');
  await house.go(LIVE);
  await open('F3', 'Nueva moción');
  await holds('Texto de la', 'Invitar a la Personería');
  await recovered().waitFor();
  await dialog().getByRole('button', { name: 'Descartar' }).focus();
  await press('Enter');
  await holds('Texto de la', '');
  await kept((all) => all.length === 0);
  await dialog().getByText('Se descartó lo que se había recuperado.').waitFor();
  assert.deepEqual(await house.violations(), []);
  await press('Enter');
  await holds('Texto de la', 'Invitar a la Personería');
  await recovered().waitFor();
  await kept((all) => all.length === 1);
  await press('Control+Enter');
  await dialog().waitFor({ state: 'detached' });
  await kept((all) => all.length === 0);
  assert.equal((await live()).motions[0].text, 'Invitar a la Personería');
});

test('a commitment and a statement, each item with its own', async () => {
  await open('F9', 'Registrar compromiso');
  await page.keyboard.type('Enviar el informe');
  await dialog().getByRole('spinbutton').first().focus();
  await page.keyboard.type('30042026');
  await kept(([one]) => one?.text.includes('2026-04-30'));
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await open('F10', 'Dejar constancia');
  await text('Texto de la constancia').fill('Pide que conste su reparo');
  await dialog().getByRole('checkbox').press('Space');
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await kept((all) => all.length === 2);
  assert.deepEqual((await drafts()).sort(), ['agenda_item/it-varios/commitment', 'agenda_item/it-varios/statement']);

  await house.call('record_event', { session_id: SESSION, kind: 'item_start', item_id: 'it-compromisos' });
  await page.getByRole('heading', { name: 'Seguimiento a los compromisos' }).waitFor();
  await page.getByRole('button', { name: /^Registrar compromiso/ }).waitFor();
  await open('F9', 'Registrar compromiso');
  assert.equal(await text('Compromiso').inputValue(), '');
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });

  await house.restart(`${LIVE}?punto=it-varios`);
  await open('F9', 'Registrar compromiso');
  await holds('Compromiso', 'Enviar el informe');
  assert.match(await dialog().getByRole('group', { name: 'Fecha límite' }).innerText(), /30/);
  await press('Control+Enter');
  await dialog().waitFor({ state: 'detached' });
  await open('F10', 'Dejar constancia');
  await holds('Texto de la', 'Pide que conste su reparo');
  assert.ok(await dialog().getByRole('checkbox').isChecked());
  await press('Escape');
  const [commitment] = (await live()).commitments;
  assert.deepEqual([commitment.text, commitment.due_on], ['Enviar el informe', '2026-04-30']);
  assert.deepEqual(house.complaints, []);
});
