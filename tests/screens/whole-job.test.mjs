// The whole job by the keyboard, on the real core: from a day in the calendar to minutes printed as PDF.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import * as session from './session.mjs';

const house = await houseOfStories({ now: session.CONVENED });
const { page, press, asked, until: holds } = house;
await session.at(house, session.CONVENED);
// The entity mended what was asked of it: a proposal waits for a session.
await house.call('file_proposal', { id: 'pro-12' });
await house.call('review_proposal', { id: 'pro-12' });
await house.go('/sesiones');

/** The session that the first story programmes. */
let id;
const type = (text) => page.keyboard.type(text);
const until = (holds, what) => session.recordOf(house, id).until(holds, what);
const agenda = async () => (await house.call('get_agenda', { session_id: id })).items;
const detail = () => house.call('get_session', { session_id: id });
/** Goes with Tab to the control of that name. */
async function tabTo(name) {
  for (let presses = 0; presses < 60; presses += 1) {
    const now = await page.evaluate(() => {
      const one = document.activeElement;
      const labels = [...(one?.labels ?? [])].map((label) => label.textContent);
      const by = one?.getAttribute('aria-labelledby')?.split(' ') ?? [];
      return [one?.getAttribute('aria-label'), ...labels, ...by.map((of) => document.getElementById(of)?.textContent)]
        .concat(one?.matches('button, a') ? one.textContent : [], one?.getAttribute('placeholder') ?? [])
        .filter(Boolean)
        .map((text) => text.trim());
    });
    if (now.some((text) => text.startsWith(name))) return;
    await press('Tab');
  }
  throw new Error(`Tab never comes to «${name}»`);
}
/** Chooses in a list that narrows as one types. */
async function choose(words) {
  await type(words);
  await page
    .getByRole('option', { name: new RegExp(words, 'i') })
    .first()
    .waitFor();
  await press('Enter');
}

test('programmed, with its agenda and a proposal', async () => {
  await press('Control+n');
  await asked('Programar una sesión');
  await press('Tab');
  await type('26032026');
  await tabTo('Lugar');
  await type('Sala Barulé, sede administrativa');
  await press('Control+Enter');
  await page.waitForURL(/preparar/);
  id = decodeURIComponent(page.url().split('/sesiones/')[1].split('/')[0]);
  await page.getByRole('heading', { name: 'Sesión ordinaria n.º 1 de 2026' }).waitFor();
  await page.getByText('Armar con las sugerencias').waitFor();

  await press('Control+n');
  await type('Humedales que cuidan el agua');
  await press('Enter');
  await holds(async () => (await agenda()).length === 1, 'the item is added');
  // Enter on the item opens its data; a proposal is linked by typing a word of it.
  await page.getByRole('listitem').filter({ hasText: 'Humedales' }).first().waitFor();
  await press('Shift+Tab');
  await press('Enter');
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
  await tabTo('Clase');
  await press('Enter');
  await page.getByRole('option', { name: 'Propuesta' }).waitFor();
  await type('Propuesta');
  await press('Enter');
  await holds(async () => (await agenda())[0].item.kind === 'proposal', 'its kind');
  await tabTo('Agregar una propuesta');
  await choose('humedales');
  await holds(async () => (await agenda())[0].item.proposal_ids.includes('pro-12'), 'it is linked');
  await press('Alt+5');
  await tabTo('Secretaría de la sesión');
  await choose('Pilar Amparo');
  await holds(async () => (await detail()).secretary !== null, 'who acts as secretary');
  await press('Alt+1', 'Alt+a');
  await holds(async () => (await agenda()).length === 6, 'what the record suggests is added');
  assert.equal((await agenda()).at(-1).item.kind, 'other_business');
});

test('convened, and the quorum to expect', async () => {
  await press('Control+Enter');
  await asked('Convocar la sesión');
  await press('Control+Enter');
  await holds(async () => (await detail()).session.status === 'convened', 'convened');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  assert.ok((await house.call('notice_mail', { session_id: id })).with_pdf);

  await press('Alt+3');
  await page.getByRole('row').filter({ hasText: 'Ana Eugenia' }).first().waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('tr'));
  const sure = async () => (await house.call('expected_quorum', { session_id: id })).sure;
  for (let seat = 1; seat <= 9; seat += 1) {
    await press('a');
    await holds(async () => (await sure()) === seat, `seat ${seat} says that it comes`);
    await press('ArrowDown');
  }
  await page.getByText('Alcanza', { exact: true }).waitFor();
});

test('opened, held and adjourned', async () => {
  await session.at(house, session.oclock('08:02'));
  await press('Control+PageDown');
  await page.waitForURL(/sesionar/);
  await house.quiet();
  await press('Control+Enter');
  await asked('Instalar la sesión');
  await press('Control+Enter');
  await until((view) => view.opened);
  for (let seat = 1; seat <= 10; seat += 1) {
    await press('Space');
    await until((view) => view.roll[seat - 1].inside, `seat ${seat} answers`);
    await press('ArrowDown');
  }
  await press('F7');
  await until((view) => view.course.ledger.some((line) => line.kind === 'quorum_check'));
  await session.at(house, session.oclock('08:10'));
  const items = await agenda();
  const current = (item) => until((view) => view.course.current_item_id === item.item.id, item.item.title);
  for (const item of items.slice(0, items.findIndex((one) => one.item.proposal_ids.includes('pro-12')) + 1)) {
    await press('Alt+PageDown');
    await current(item);
    if (!['procedure', 'previous_minutes', 'follow_up'].includes(item.item.kind)) continue;
    await press('Alt+n');
    await page.waitForFunction(() => document.activeElement?.isContentEditable);
    await type('Se leyó y se trató sin observaciones.');
  }
  await press('F3');
  await asked('moción');
  await type('Priorizar la propuesta sobre humedales');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  await session.motionsShown(house, id);
  await press('F4');
  await asked('Forma de votar');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await page.waitForFunction(() => document.activeElement?.matches('tr') && !document.querySelector('.dialog'));
  await press(...'ffffffffff');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes[0].verdict?.result === 'approved');
  await press('F8');
  await asked('Registrar decisión');
  await press('Control+End');
  await type(' sin condiciones');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await press('F9');
  await asked('Registrar compromiso');
  await type('Enviar la ficha de humedales a la Secretaría de Ambiente');
  await tabTo('Responsable');
  await choose('Ana Eugenia');
  await tabTo('día');
  await type('30042026');
  await press('Control+Enter');
  await holds(
    async () => (await house.call('list_commitments', { session_id: id })).commitments.length === 1,
    'the commitment',
  );
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await session.at(house, session.oclock('09:00'));
  await house.command('levantar');
  await asked('Lo que después resulte que faltó');
  await press('Control+Enter');
  await until((view) => view.course.closed_at !== null);
  await page.waitForURL(/acta/);
});

test('its minutes are checked and printed', async () => {
  const file = join((await house.test('state')).folder, 'acta-viva.pdf');
  await house.test('pick', { paths: [file] });
  await page.locator('.page canvas').first().waitFor({ timeout: 10_000 });
  const checks = (await house.call('get_minutes_view', { session_id: id })).preflight;
  assert.deepEqual(
    checks.filter((check) => !check.ok).map((check) => check.text.es),
    [],
  );
  await tabTo('Guardar PDF…');
  await press('Enter');
  await holds(() => existsSync(file) && readFileSync(file).subarray(0, 5).toString('latin1') === '%PDF-', 'the file');
  const paper = await house.call('preview_minutes', { session_id: id });
  const text = paper.texts.join(' ').replaceAll(/\s+/g, ' ');
  assert.match(text, /Priorizar la propuesta sobre humedales sin condiciones/);
  assert.match(text, /Enviar la ficha de humedales/);
  assert.match(text, /9:00 a\. m\./);
  assert.deepEqual(house.complaints, []);
});
