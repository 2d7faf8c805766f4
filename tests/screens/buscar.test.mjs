// Ctrl+K: what is found is shown where it is said, with the focus on it; actions that are named come first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import * as session from './session.mjs';

let decision;
const house = await houseOfStories();
const { page } = house;
// Of a session that the demonstration held, the last decision with enough words to look for.
for (const id of ['ses-2025-01', 'ses-2025-02', 'ses-2025-04']) {
  const { decisions } = await house.call('live_session', { session_id: id });
  decision = decisions.findLast((one) => one.text.split(' ').length > 5) ?? decision;
}

/** Looks for a decision by its own words. */
async function look(text) {
  await house.palette(text.split(/\s+/).slice(0, 7).join(' '));
  await page.locator('.palette [role=group][aria-label="Decisiones"] [role=option]').first().waitFor();
}

test('a row says the words of the decision, and Enter shows the line of the minutes that says it', async () => {
  await look(decision.text);
  const row = page.locator('.palette [role=group][aria-label="Decisiones"] [role=option]').first();
  const said = await row.innerText();
  assert.ok(said.includes(decision.text.slice(0, 40)), said);
  assert.ok(said.includes('Decisión'), said);
  assert.deepEqual(await house.inBothThemes('buscar-decision'), []);
  for (let down = 0; (await row.getAttribute('aria-selected')) !== 'true' && down < 30; down += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/acta\?hallar=decision/);
  await page.waitForFunction(() => document.activeElement?.classList.contains('found'));
  assert.equal((await page.evaluate(() => document.activeElement.textContent)).trim(), decision.text);
  await page.locator('.page canvas').first().waitFor();
  await house.quiet();
  const seen = await page.evaluate(() => {
    const mark = document.activeElement.getBoundingClientRect();
    const frame = document.activeElement.closest('.scroller').getBoundingClientRect();
    const number = [...document.querySelectorAll('.scroller > .page')].indexOf(document.activeElement.closest('.page'));
    return { inside: mark.top >= frame.top && mark.bottom <= frame.bottom && mark.width > 20, number };
  });
  assert.ok(seen.inside);
  assert.ok(seen.number > 0, 'the decisions are not on the first page');
  assert.deepEqual(await house.inBothThemes('acta-decision-hallada'), []);
});

test('the words under the mark are those of the decision', async () => {
  const under = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('.found')].map((one) => one.getBoundingClientRect());
    const spans = [...document.querySelectorAll('.textLayer span')].filter((span) => {
      const at = span.getBoundingClientRect();
      const middle = (at.top + at.bottom) / 2;
      return boxes.some((box) => middle > box.top && middle < box.bottom && at.left < box.right && at.right > box.left);
    });
    return spans.map((span) => span.textContent).join('');
  });
  const bare = (text) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  assert.ok(bare(under).includes(bare(decision.text).slice(0, 60)), under);
});

test('actions that are named come first; words of a record do not', async () => {
  await house.go('/hoy');
  await house.palette('propuestas');
  await page.locator('.palette [role=group]').first().waitFor();
  assert.equal(await page.locator('.palette [role=group]').first().getAttribute('aria-label'), 'Acciones');
  await page.keyboard.press('Escape');
});

test('before there are minutes, what is found is shown in its item', async () => {
  await session.convene(house, { proposal: true });
  await session.openWith(house, 10);
  await house.call('record_event', { session_id: session.SESSION, kind: 'quorum_check' });
  await house.call('record_event', { session_id: session.SESSION, kind: 'item_start', item_id: 'it-reglamento' });
  await house.call('put_decision', {
    item_id: 'it-varios',
    kind: 'procedural',
    text: 'Conformar la mesa técnica de hermanamientos fluviales',
  });
  await look('Conformar la mesa técnica de hermanamientos fluviales');
  await page.keyboard.press('Enter');
  await page.waitForURL(/sesionar\?punto=it-varios|acta\?hallar/);
  await page.getByText('Conformar la mesa técnica de hermanamientos fluviales').first().waitFor();
  assert.deepEqual(house.complaints, []);
});
