// Ctrl+K finds an item of a session not opened yet: Preparar opens at it, with the focus on it and its data beside.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { place } from './preparation.mjs';
import { convene, SESSION } from './session.mjs';

const house = await houseOfStories({ now: '2026-02-10T13:00:00Z' });
const { page } = house;
const item = (title) =>
  page.getByRole('list', { name: 'Puntos del orden del día' }).getByRole('listitem').filter({ hasText: title });
const focused = (title) =>
  page.waitForFunction(
    (want) =>
      document.activeElement?.matches('li[aria-current="true"]') && document.activeElement.textContent.includes(want),
    title,
  );

test('found from elsewhere, and once more from the same agenda', async () => {
  await convene(house);
  // Enough items for the last ones to be out of sight.
  for (let n = 1; n <= 14; n += 1)
    await house.call('add_agenda_item', {
      session_id: SESSION,
      title: `Informe de la mesa ${n}`,
      kind: 'report',
      planned_minutes: 5,
      late_reason: 'Lo pidió la presidencia',
    });
  await house.restart('/hoy');
  for (const title of ['Informe de la mesa 14', 'Informe de la mesa 3']) {
    await house.palette(title);
    const row = page.locator('.palette [role=option]', { hasText: title }).first();
    await row.waitFor();
    for (let down = 0; (await row.getAttribute('aria-selected')) !== 'true' && down < 30; down += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/preparar\?punto=/);
    await focused(title);
    await page.waitForFunction(
      (want) =>
        [...document.querySelectorAll('#item-data :is(input, textarea)')].some((one) => one.value.includes(want)),
      title,
    );
    const { top, bottom } = await item(title).evaluate((row) => row.getBoundingClientRect());
    assert.ok(top >= 0 && bottom <= 768, `${title}: ${top}–${bottom}`);
    assert.deepEqual(await house.violations(), []);
  }
});

test('the arrows go on from it, and the pages opened anew show the same item', async () => {
  await page.keyboard.press('ArrowUp');
  await focused('Informe de la mesa 2');
  const address = new URL(page.url()).hash.slice(1);
  await house.restart(address);
  await focused('Informe de la mesa 2');
  // Without an item in the address, the session's data are beside the agenda, as ever.
  await house.restart(place());
  await page.locator('#session-data').waitFor();
  assert.equal(await page.locator('li[aria-current="true"]').count(), 0);
  assert.deepEqual(house.complaints, []);
});
