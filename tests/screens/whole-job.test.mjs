// The whole job by the keyboard, on the real core: from a convened session to minutes printed as PDF.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';
import * as session from './session.mjs';

let house;
let page;
before(async () => {
  house = await openHouse({ now: '2026-02-10T13:00:00Z' });
  page = house.page;
  page.setDefaultTimeout(15_000);
  await session.convene(house);
  await session.at(house, session.oclock('08:02'));
  await house.go(session.LIVE);
});
after(() => house?.close());

const press = (...keys) => session.press(house, ...keys);
const type = (text) => session.typeInDialog(house, text);
const until = (holds, what) => session.until(house, holds, what);
const says = (text) => page.getByText(text).first().waitFor();
const asked = (text) => session.asked(house, text);
const dialog = () => page.waitForFunction(() => document.activeElement?.closest('.dialog'));

test('opened, held and adjourned', async () => {
  await press('Control+Enter');
  await asked('Instalar la sesión');
  await dialog();
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
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-lista');
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-orden');
  await press('F3');
  await type('Aprobar el orden del día');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  await session.motionsShown(house);
  await press('F4');
  await asked('Forma de votar');
  await dialog();
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await page.waitForFunction(() => document.activeElement?.matches('tr') && !document.querySelector('.dialog'));
  await press(...'ffffffffff');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await dialog();
  await press('Control+Enter');
  await until((view) => view.votes[0].verdict?.result === 'approved');
  await press('F8');
  await asked('Registrar decisión');
  await type(' como fue leído');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  await session.at(house, session.oclock('09:00'));
  await press('Control+k');
  await type('levantar');
  await page.waitForTimeout(200);
  await press('Enter');
  await asked('Después no se registran más hechos');
  await dialog();
  await press('Control+Enter');
  await until((view) => view.course.closed_at !== null);
  await page.waitForURL(/acta/);
});

test('its minutes are printed', async () => {
  const file = join((await house.test('state')).folder, 'acta-viva.pdf');
  await house.test('pick', { paths: [file] });
  await page.locator('.page canvas').first().waitFor({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Guardar PDF…' }).focus();
  await press('Enter');
  let head = '';
  for (let tries = 0; tries < 40 && head === ''; tries += 1) {
    await page.waitForTimeout(50);
    try {
      head = readFileSync(file).subarray(0, 5).toString('latin1');
    } catch {
      head = ''; // not written yet
    }
  }
  assert.equal(head, '%PDF-');
  const paper = await house.call('preview_minutes', { session_id: session.SESSION });
  const text = paper.texts.join(' ').replaceAll(/\s+/g, ' ');
  assert.match(text, /orden del día como fue leído/);
  assert.match(text, /9:00 a\. m\./);
  assert.deepEqual(house.complaints, []);
});
