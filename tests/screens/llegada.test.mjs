// Arriving at a screen by keyboard, what Ctrl Z says it took back, and errors that leave with their screen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;
const focused = (selector) =>
  page.waitForFunction((of) => document.activeElement?.matches(`#main ${of}`), selector, { timeout: 5000 });

test('the first row has the keys on arriving: arrows and Enter act at once', async () => {
  await house.restart('/hoy');
  await focused('a.line');
  for (const path of ['/sesiones', '/propuestas']) {
    await house.restart(path);
    await focused('tr[data-index="0"]');
    await page.keyboard.press('ArrowDown');
    await focused('tr[data-index="1"]');
  }
  const code = await page.locator('tr[data-index="1"] td').first().innerText();
  await page.keyboard.press('Enter');
  await page
    .getByRole('heading', { name: new RegExp(code) })
    .or(page.getByText(code))
    .first()
    .waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body);
});

test('Ctrl Z tells what it took back and where, also far from it', async () => {
  const [body] = await house.call('list_bodies');
  const made = await house.call('create_session', {
    body_id: body.id,
    date: '2026-03-19',
    kind: 'ordinary',
    mode: 'in_person',
  });
  await house.call('add_agenda_item', { session_id: made.id, kind: 'report', title: 'Informe de la red de puertos' });
  await house.restart('/hoy');
  await page.keyboard.press('Control+z');
  const notice = page.locator('.notice');
  await notice
    .getByText(/Se deshizo: Punto agregado: .*Informe de la red de puertos \(Sesión ordinaria n.º 1 de 2026\)/)
    .waitFor();
});

test('an error leaves with its screen', async () => {
  await house.restart('/hoy');
  // What cannot be redone says so.
  await house.call('set_calendar', {}).catch(() => undefined);
  await page.keyboard.press('Control+z');
  for (let turns = 0; turns < 40 && (await page.locator('.notice.error').count()) === 0; turns += 1) {
    await page.keyboard.press('Control+y');
    await house.quiet();
  }
  await page.locator('.notice.error').first().waitFor();
  await page.keyboard.press('Control+2');
  await page.locator('.notice.error').waitFor({ state: 'detached' });
  assert.deepEqual(house.complaints, []);
});
