// Dialogs that ask before what cannot be taken back: Esc asks before it throws away what was typed in them, too, and
// opened again they begin anew.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './preparation.mjs';
import { at, houseWithSession, LIVE, oclock, openWith, recordOf } from './session.mjs';

const house = await houseWithSession();
const { page, press } = house;
const { live, until } = recordOf(house);
const dialog = () => page.getByRole('alertdialog');
const part = (field, i = 0) => dialog().getByRole('group', { name: field }).getByRole('spinbutton').nth(i);
const focused = (words) => page.waitForFunction((want) => document.activeElement?.textContent?.trim() === want, words);
const hour = async () => `${await part(/Hora de/).innerText()}:${await part(/Hora de/, 1).innerText()}`;
/** Esc, asked, the safe answer first and the other one after it. */
async function discards(role) {
  await press('Escape');
  await focused('Seguir');
  assert.deepEqual(await house.violations(), []);
  await press('Enter');
  await page.waitForFunction((want) => document.activeElement?.getAttribute('role') === want, role);
  await press('Escape');
  await focused('Seguir');
  await press('Tab', 'Enter');
  await dialog().waitFor({ state: 'detached' });
}

test('a session is postponed: the day goes only once it was said, and its reason stays', async () => {
  await house.go(place());
  const open = async () => {
    await page.getByRole('button', { name: /Más/ }).first().click();
    await page.getByRole('menuitem', { name: 'Aplazar la sesión…' }).click();
    await dialog().waitFor();
  };
  await open();
  await dialog().getByRole('textbox', { name: 'Razón' }).fill('Se cruza con el Concejo');
  await part(/fecha/i).focus();
  await page.keyboard.type('30042026');
  await discards('spinbutton');
  await open();
  await page.waitForFunction(() => document.querySelector('.dialog textarea')?.value === 'Se cruza con el Concejo');
  assert.equal(await part(/fecha/i).innerText(), 'día');
  // Untouched, or with what keeps itself, it is left at once.
  await dialog().getByRole('textbox', { name: 'Razón' }).press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('a session is opened: the hour that was typed goes, and the next time it proposes that moment', async () => {
  await at(house, oclock('08:02'));
  await house.go(LIVE);
  await press('Control+Enter');
  await dialog().waitFor();
  assert.equal(await hour(), '08:02');
  await part(/Hora de/, 1).focus();
  await page.keyboard.type('00');
  await discards('spinbutton');
  await at(house, oclock('08:07'));
  await house.restart(LIVE);
  await press('Control+Enter');
  await dialog().waitFor();
  assert.equal(await hour(), '08:07');
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('a session is adjourned later than the first time it was asked: at the hour of that moment', async () => {
  await openWith(house, 10);
  await at(house, oclock('10:00'));
  await house.restart(LIVE);
  await press('Alt+l');
  await dialog().waitFor();
  assert.equal(await hour(), '10:00');
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await at(house, oclock('10:55'));
  await press('Alt+l');
  await dialog().waitFor();
  assert.equal(await hour(), '10:55');
  await press('Control+Enter');
  await until((view) => view.course.closed_at !== null);
  const { course } = await live();
  assert.equal(course.closed_at, '2026-03-26T15:55:00Z');
  assert.deepEqual(house.complaints, []);
});
