// Sesionar, by the keyboard alone: amendments in their order, and several items voted at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, begin, houseWithSession, LIVE, motionsShown, oclock, openWith, recordOf, voting } from './session.mjs';

const house = await houseWithSession({ proposal: true });
const { page, press, typeInDialog: type, says, asked } = house;
await openWith(house, 10);
await begin(house, '08:20', 'it-compromisos');
await begin(house, '08:40', 'it-propuesta');
await house.go(LIVE);
const { live, until } = recordOf(house);

const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
/** Chooses in a list of the dialog by its words. */
async function choose(label, option) {
  await dialog().getByRole('combobox', { name: label }).focus();
  await press('Enter');
  const one = page.getByRole('option', { name: option, exact: typeof option === 'string' });
  await one.waitFor();
  for (let down = 0; down < 12 && (await one.getAttribute('data-highlighted')) === null; down += 1)
    await press(
      (await page.locator('[role="option"][aria-selected="true"]').count()) && down < 9 ? 'ArrowDown' : 'ArrowUp',
    );
  await press('Enter');
}
async function file(text, { amends } = {}) {
  await press('F3');
  await type(text);
  if (amends !== undefined) {
    await choose('Clase', 'De modificación');
    await dialog().getByLabel('Modifica a').waitFor();
    if (amends) await choose('Modifica a', amends);
  }
}
async function filed(text) {
  await press('Control+Enter');
  await until((view) => view.motions.some((one) => one.text === text));
  await motionsShown(house);
}
const motionOf = async (text) => (await live()).motions.find((one) => one.text === text);
/** Everybody votes in favour of the vote that is open. */
async function approve() {
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id === null);
  await gone();
}

test('an amendment says what it changes; what waits for it leads to it', async () => {
  await file('Aprobar la propuesta');
  await filed('Aprobar la propuesta');
  await at(house, oclock('08:41'));
  await file('Cambiar el plazo', { amends: '' });
  assert.match(await dialog().getByRole('combobox', { name: 'Modifica a' }).innerText(), /Aprobar la propuesta/);
  assert.deepEqual(await house.inBothThemes('mocion-modifica'), []);
  await filed('Cambiar el plazo');
  await at(house, oclock('08:42'));
  await file('Cambiar el costo', { amends: 'Aprobar la propuesta' });
  await filed('Cambiar el costo');
  await at(house, oclock('08:43'));
  await file('Cambiar el costo en pesos', { amends: 'Cambiar el costo' });
  await filed('Cambiar el costo en pesos');
  const [whole, cost, pesos] = await Promise.all(
    ['Aprobar la propuesta', 'Cambiar el costo', 'Cambiar el costo en pesos'].map(motionOf),
  );
  assert.deepEqual([cost.amends_motion_id, pesos.amends_motion_id], [whole.id, cost.id]);
  await says('Modifica a «Cambiar el costo»');
  assert.deepEqual(await house.inBothThemes('modificaciones'), []);
  // Put first, the motion says what goes before it, with its door: the last amendment of the last one.
  await page
    .locator('.entry', { hasText: /^Aprobar la propuesta/ })
    .getByRole('button', { name: /^Poner a votación/ })
    .press('Enter');
  await asked('Abrir votación');
  await says('Antes se vota la modificación «Cambiar el costo»');
  assert.equal(await dialog().getByRole('button', { name: 'Abrir votación' }).getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await house.inBothThemes('votar-antes'), []);
  await dialog().getByRole('button', { name: 'Poner a votación «Cambiar el costo en pesos»' }).press('Enter');
  await dialog().getByText('Modifica a «Cambiar el costo»').waitFor();
  await choose('Forma de votar', 'Votación ordinaria');
  await press('Control+Enter');
  await approve();
  // F4 asks for the one that goes next; the others follow.
  for (const [text, minute, more] of [
    ['Cambiar el costo', '50', ' a pesos'],
    ['Cambiar el plazo', '51', ''],
    ['Aprobar la propuesta', '52', ' con otro costo y otro plazo'],
  ]) {
    await at(house, oclock(`08:${minute}`));
    await press('F4');
    await asked(text);
    if (more) {
      // What is voted is the text that results from what was approved.
      const resulting = dialog().getByRole('textbox', { name: 'Texto que resulta de la modificación' });
      await resulting.focus();
      assert.equal(
        await dialog().getByRole('button', { name: 'Abrir votación' }).getAttribute('aria-disabled'),
        'true',
      );
      if (minute === '52') assert.deepEqual(await house.inBothThemes('votar-modificada'), []);
      await press('Control+End');
      await page.keyboard.type(more);
      await dialog().getByRole('button', { name: 'Guardar el texto que se vota' }).press('Enter');
      await until((view) => view.motions.some((one) => one.text === text + more));
      await resulting.waitFor({ state: 'detached' });
    }
    await choose('Forma de votar', 'Votación ordinaria');
    await press('Control+Enter');
    await approve();
    assert.equal((await motionOf(text + more)).status, 'approved', text);
  }
});

test('one vote settles several items; one leaves the block on request and each of the others has its decision', async () => {
  await at(house, oclock('09:00'));
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-varios');
  await file('Aprobar en bloque lo que queda');
  await dialog().getByRole('button', { name: 'Votarla en bloque con otros puntos…' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.matches('.block input'));
  for (const item of [/Seguimiento a los compromisos/, /Propuesta sobre los humedales/])
    await dialog().getByRole('checkbox', { name: item }).press('Space');
  assert.deepEqual(await house.inBothThemes('mocion-en-bloque'), []);
  await filed('Aprobar en bloque lo que queda');
  await says('En bloque con los puntos 3 y 5');
  await press('F4');
  await asked('Abrir votación');
  await dialog().getByRole('button', { name: 'Sacar un punto del bloque…' }).press('Enter');
  await asked('Sacar un punto del bloque');
  await press('Control+Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  assert.equal((await motionOf('Aprobar en bloque lo que queda')).taken_out.length, 0);
  await choose('Punto', /^5\. Propuesta/);
  const { roll } = await live();
  await dialog().getByRole('combobox', { name: 'Quién lo pide' }).focus();
  await page.keyboard.type(roll[3].person.full_name.slice(0, 14));
  await page.getByRole('option').first().waitFor();
  await press('ArrowDown', 'Enter');
  assert.deepEqual(await house.inBothThemes('sacar-del-bloque'), []);
  await press('Control+Enter');
  await until((view) => view.motions.some((one) => one.taken_out.length === 1));
  // The vote goes on.
  await asked('Abrir votación');
  await dialog().getByText('El punto 5 salió del bloque').waitFor();
  await choose('Forma de votar', 'Votación ordinaria');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await page.locator('.about', { hasText: 'En bloque con el punto 3' }).waitFor();
  assert.deepEqual(await house.inBothThemes('votacion-en-bloque'), []);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id === null);
  await gone();
  // Its decision is written item by item, also from the item that was voted with it.
  await page.getByRole('button', { name: 'Escribir su decisión…' }).press('Enter');
  await asked('Registrar decisión');
  await press('Control+Enter');
  await until((view) => view.decisions.some((one) => one.item_id === 'it-varios'));
  await gone();
  await page.getByRole('button', { name: 'Ver todos los puntos' }).press('Enter');
  await page.getByRole('button', { name: 'Seguimiento a los compromisos' }).press('Enter');
  await says('En bloque, con el punto 6');
  await page.getByRole('button', { name: 'Escribir su decisión…' }).press('Enter');
  await asked('Registrar decisión');
  await press('Control+Enter');
  await until((view) => view.decisions.some((one) => one.item_id === 'it-compromisos'));
  const view = await live();
  assert.deepEqual(
    view.unwritten,
    view.unwritten.filter((id) => id !== view.decisions.at(-1).vote_id),
  );
  assert.deepEqual(house.complaints, []);
});

test('in a low window and in English the forms hold', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en' });
  await house.restart(LIVE);
  await press('F3');
  await asked('New motion');
  assert.deepEqual(await house.inBothThemes('low-motion'), []);
  await press('Escape');
  assert.deepEqual(house.complaints, []);
});
