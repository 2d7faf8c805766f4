// Sesionar by virtual means: how the identity of whoever connects was verified is said once, and recorded of each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, houseWithSession, LIVE, oclock, openWith, recordOf } from './session.mjs';

const house = await houseWithSession({ mode: 'virtual' });
const { page, press, enter, asked, inMenu } = house;
const { live, until } = recordOf(house);
await openWith(house, 1);
await house.go(LIVE);

const USUAL = (await live()).identity_means;
const line = page.locator('.identity');
const row = (n) => page.locator('tbody tr').nth(n - 1);
const last = async () => (await live()).events.filter((one) => one.struck === null).at(-1);

test('the roll is called without a question: the means in view are recorded with each answer', async () => {
  await line.getByText(USUAL).waitFor();
  assert.deepEqual(await house.inBothThemes('identidad'), []);
  await row(2).focus();
  await press('Space');
  await until((view) => view.roll[1].inside);
  assert.deepEqual([(await last()).kind, (await last()).identity_means], ['roll_answer', USUAL]);
  assert.equal(await page.locator('.dialog').count(), 0);
});

test('other means are said for those who connect from then on, also after a power cut; Esc leaves them', async () => {
  await enter('Cambiar cómo se verifica');
  await house.inField('Identidad verificada por');
  await press('Control+a');
  await page.keyboard.type('otra cosa');
  await press('Escape');
  await line.getByText(USUAL).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent.trim() === 'Cambiar');
  await press('Enter');
  await house.inField('Identidad verificada por');
  await press('Control+a');
  await page.keyboard.type('cédula mostrada en pantalla');
  assert.deepEqual(await house.inBothThemes('identidad-cambiar'), []);
  await press('Enter');
  await line.getByText('cédula mostrada en pantalla').waitFor();
  await until(() => true);
  await house.restart(LIVE);
  await line.getByText('cédula mostrada en pantalla').waitFor();
  await row(3).focus();
  await press('Space');
  await until((view) => view.roll[2].inside);
  assert.equal((await last()).identity_means, 'cédula mostrada en pantalla');
});

test('nothing is recorded where nothing is said; it is proposed no more, and the line says so', async () => {
  await enter('Cambiar cómo se verifica');
  await house.inField('Identidad verificada por');
  await press('Control+a', 'Backspace', 'Enter');
  await line.getByText('no se anota').waitFor();
  await house.restart(LIVE);
  await line.getByText('no se anota').waitFor();
  await row(4).focus();
  await press('Space');
  await until((view) => view.roll[3].inside);
  assert.equal((await last()).identity_means, null);
  await enter('Cambiar cómo se verifica');
  await house.inField('Identidad verificada por');
  await page.keyboard.type('llamada al correo institucional');
  await press('Enter');
});

test('who comes back connected is verified again; somebody else who arrives, in the form', async () => {
  await row(2).focus();
  await press('Enter');
  await inMenu('Pierde la conexión');
  await until((view) => !view.roll[1].inside);
  await row(2).focus();
  await press('Space');
  await until((view) => view.roll[1].inside);
  assert.deepEqual(
    [(await last()).kind, (await last()).identity_means],
    ['reconnected', 'llamada al correo institucional'],
  );
  await at(house, oclock('08:20'));
  await row(6).focus();
  await press('Enter');
  await inMenu('Llega otra persona…');
  await asked('Llega otra persona');
  const means = page.locator('.dialog').getByLabel('Identidad verificada por');
  assert.equal(await means.inputValue(), 'llamada al correo institucional');
  const stranger = (await live()).roll[6].person.full_name;
  await page.keyboard.type(stranger);
  await page.locator('[data-highlighted]', { hasText: stranger }).waitFor();
  await press('Enter');
  await means.fill('pasaporte mostrado en pantalla');
  assert.deepEqual(await house.inBothThemes('identidad-llegada'), []);
  await press('Control+Enter');
  await until((view) => view.roll[5].inside);
  assert.equal((await last()).identity_means, 'pasaporte mostrado en pantalla');
});

test('what was recorded is corrected, and emptied when it was not verified', async () => {
  const event = await last();
  await enter('Cronología');
  const entry = page.locator('.log li').first();
  const correct = async (typed) => {
    await entry.getByRole('button').focus();
    await press('Enter');
    await inMenu('Corregir…');
    await asked('Corregir el hecho');
    await page.locator('.dialog').getByLabel('Identidad verificada por').focus();
    await press('Control+a', 'Backspace');
    await page.keyboard.type(typed);
    await press('Control+Enter');
  };
  const now = (view) => view.events.find((one) => one.id === event.id).identity_means;
  await correct('cédula mostrada en pantalla');
  await until((view) => now(view) === 'cédula mostrada en pantalla');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await correct('');
  await until((view) => now(view) === null);
  assert.deepEqual(house.complaints, []);
});
