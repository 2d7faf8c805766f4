// Sesionar: what a decision makes of a proposal, said by keyboard while the session runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, houseWithSession, LIVE, MINUTES, openWith, PROPOSAL, recordOf, SESSION, takeVote } from './session.mjs';

const house = await houseWithSession({ proposal: true, minutes: 'min-2025-04' });
const { page, press, asked, inMenu, inField } = house;
await openWith(house, 10);
await begin(house, '08:20', 'it-propuesta');
await house.go(LIVE);

const { live, until } = recordOf(house);
const proposal = () => house.call('get_proposal', { id: PROPOSAL });
const dialog = () => page.locator('.dialog');
const vote = async (kind, text, value) => {
  const { id } = await house.call('file_motion', { session_id: SESSION, item_id: 'it-propuesta', kind, text });
  await takeVote(house, id, value);
  await house.quiet();
};

test('a decision on a proposal without a vote asks what was decided', async () => {
  await press('F8');
  await asked('Registrar decisión');
  await dialog().getByText('CIIB-2025-012').waitFor();
  await press('Control+Enter');
  await dialog().getByText('Diga qué se decidió sobre la propuesta.').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'radio');
  assert.deepEqual(await house.violations(), []);
  await press('Escape');
  assert.equal((await live()).decisions.length, 0);
});

test('a return needs its reason, asked for at its field; the vote that took it goes along', async () => {
  await vote('return', 'Devolver la propuesta para precisar la contrapartida', 'for');
  await press('F8');
  await asked('Registrar decisión');
  const text = dialog().getByRole('textbox', { name: 'Decisión' });
  assert.equal(await text.inputValue(), 'Devolver la propuesta para precisar la contrapartida');
  // The words proposed give way to what is typed, and stay when nothing is.
  await inField('Decisión');
  await page.keyboard.type('Devolver la propuesta a la entidad');
  assert.equal(await text.inputValue(), 'Devolver la propuesta a la entidad');
  await dialog().getByText('La propuesta queda devuelta.').waitFor();
  // The result of the vote is a return: the core asks for the reason, and its field appears and has the keys.
  await press('Control+Enter');
  await dialog().getByText('Escriba por qué se devuelve la propuesta.').waitFor();
  await inField('Por qué se devuelve');
  assert.deepEqual(await house.inBothThemes('sesionar-decision'), []);
  await page.keyboard.type('Falta la carta de contrapartida de la Secretaría de Hacienda.');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  const [decision] = (await live()).decisions;
  assert.equal(decision.text, 'Devolver la propuesta a la entidad');
  assert.equal(decision.proposal_id, PROPOSAL);
  assert.ok(decision.vote_id);
  const { proposal: settled } = await proposal();
  assert.equal(settled.status, 'returned');
  assert.equal(settled.status_history.at(-1).note, 'Falta la carta de contrapartida de la Secretaría de Hacienda.');
  await page.getByText('Decisión 1 de 2026').waitFor();
});

test("the proposal's screen shows who returned it and why", async () => {
  await house.go(`/propuestas/${PROPOSAL}`);
  await page.getByText('Falta la carta de contrapartida de la Secretaría de Hacienda.').first().waitFor();
  await house.go(LIVE);
});

test('a decision is mended: postponed instead, chosen by the arrows; and removed', async () => {
  await page.getByRole('button', { name: 'Corregir o quitar la decisión' }).focus();
  await press('Enter');
  await inMenu('Corregir…');
  await asked('Corregir decisión');
  const returned = dialog().getByRole('radio', { name: 'Se devuelve a quien la presentó' });
  await page.waitForFunction(() => document.querySelector('.dialog input[value="returned"]')?.checked);
  assert.match(await dialog().getByRole('textbox', { name: 'Por qué se devuelve' }).inputValue(), /^Falta la carta/);
  await returned.focus();
  await press('ArrowUp');
  assert.ok(await dialog().getByRole('radio', { name: 'Se aplaza para otra sesión' }).isChecked());
  await press('Tab');
  await inField('Por qué se aplaza');
  await press('Control+a');
  await page.keyboard.type('Llega con la carta en mayo.');
  await press('Control+Enter');
  await page.locator('.dialog').waitFor({ state: 'detached' });
  const { proposal: settled } = await proposal();
  assert.equal(settled.status, 'postponed');
  assert.equal(settled.status_history.at(-1).note, 'Llega con la carta en mayo.');
  await page.getByRole('button', { name: 'Corregir o quitar la decisión' }).focus();
  await press('Enter');
  await inMenu('Quitar');
  await until((view) => view.decisions.length === 0);
  assert.equal((await proposal()).proposal.status, 'scheduled');
});

test('what a vote decided is written once the item is left: from its item, and from what its minutes lack', async () => {
  await house.call('record_event', { session_id: SESSION, kind: 'item_start', item_id: 'it-varios' });
  await page.getByRole('heading', { name: 'Proposiciones y varios' }).waitFor();
  await page.getByRole('button', { name: 'Ver todos los puntos' }).focus();
  await press('Enter');
  await page.getByRole('button', { name: 'Propuesta sobre los humedales', exact: true }).focus();
  await press('Enter');
  await page.getByRole('button', { name: 'Volver al punto en curso' }).waitFor();
  assert.deepEqual(await house.inBothThemes('sesionar-otro-punto'), []);
  await page.getByRole('button', { name: 'Escribir su decisión…' }).focus();
  await press('Enter');
  await asked('Registrar decisión');
  await press('Escape');
  assert.equal((await live()).decisions.length, 0);

  await house.go(MINUTES);
  const check = page.getByRole('listitem').filter({ hasText: 'no tiene el texto de su decisión' });
  await check.getByRole('button', { name: 'Ir a corregir' }).focus();
  await press('Enter');
  await asked('Registrar decisión');
  await inField('Decisión');
  assert.match(await dialog().getByRole('textbox', { name: 'Decisión' }).inputValue(), /^Devolver la propuesta/);
  await press('Tab', 'Tab', 'Tab');
  await press('Control+Enter');
  await inField('Por qué se devuelve');
  await page.keyboard.type('Falta la carta de contrapartida.');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  assert.ok((await live()).decisions[0].vote_id);
  assert.equal((await live()).decisions[0].item_id, 'it-propuesta');
  await page.getByText('Propuesta sobre los humedales').first().waitFor();
  assert.equal(await page.getByRole('button', { name: 'Escribir su decisión…' }).count(), 0);
  await page.getByRole('button', { name: 'Volver al punto en curso' }).focus();
  await press('Enter');
  await page.getByText('En curso').first().waitFor();
  await house.call('record_event', { session_id: SESSION, kind: 'item_start', item_id: 'it-propuesta' });
});

test('the item says which minutes it submits, with a door to them, and its motion proposes to approve them', async () => {
  await page.getByRole('heading', { name: 'Propuesta sobre los humedales' }).waitFor();
  await press('Alt+PageUp');
  await until((view) => view.course.current_item_id === 'it-acta');
  const [{ name, session }] = (await house.call('list_minutes', {})).minutes.filter((one) => one.id === 'min-2025-04');
  const door = page.getByRole('link', { name: name.es });
  assert.equal(await door.getAttribute('href'), `#/sesiones/${session.id}/acta`);
  await press('F3');
  await asked('Nueva moción');
  await page.waitForFunction(
    () => document.querySelector('.dialog textarea')?.value === 'Aprobar el acta n.º 4 de 2025',
  );
  assert.deepEqual(await house.inBothThemes('mocion-acta'), []);
  await press('Escape');
  await page.locator('.dialog').waitFor({ state: 'detached' });
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-propuesta');
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(LIVE);
  await press('F8');
  await asked('What was decided on the proposal');
  assert.deepEqual(await house.violations(), []);
  await press('Escape');
  assert.deepEqual(house.complaints, []);
});

test('a settled matter is voted again when the body reopens it, on the same motion', async () => {
  await house.prefer({ language: 'es' });
  await house.restart(LIVE);
  const motions = async () => (await live()).motions;
  const choose = async (field, option) => {
    const box = page.locator('.dialog').getByLabel(field);
    await box.focus();
    await press('Enter');
    const wanted = page.getByRole('option', { name: option });
    await wanted.waitFor();
    await house.until(async () => {
      if ((await wanted.getAttribute('data-highlighted')) !== null) return true;
      await press('ArrowDown');
      return false;
    }, `${option} is pointed at`);
    await press('Enter');
    await house.until(async () => (await box.innerText()).includes(option), `${option} is chosen`);
  };
  await vote('substantive', 'Enviar la propuesta a la Consejería', 'for');
  const settled = (await motions()).find((one) => one.text === 'Enviar la propuesta a la Consejería');
  await press('F3');
  await asked('Nueva moción');
  await page.keyboard.type('Reabrir el envío de la propuesta');
  await choose('Clase', 'De reapertura');
  await press('Control+Enter');
  await dialog().getByText('Indique qué votación se reabriría.').waitFor();
  await choose('Votación que se reabriría', settled.text);
  assert.deepEqual(await house.inBothThemes('sesionar-reapertura'), []);
  await press('Control+Enter');
  await until((view) => view.motions.some((one) => one.reopens_vote_id === settled.vote_id));
  const reopening = (await motions()).find((one) => one.reopens_vote_id === settled.vote_id);
  await takeVote(house, reopening.id, 'for');
  await house.quiet();
  await page.getByRole('button', { name: 'Poner otra vez a votación…' }).press('Enter');
  await asked('Abrir votación');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  const again = (await live()).votes.find((one) => one.status === 'open');
  assert.deepEqual([again.motion_id, again.previous_vote_id, again.round], [settled.id, settled.vote_id, 1]);
});
