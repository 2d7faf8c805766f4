// What each step of a session asks before it is taken, seen and gone past by keyboard, and printed with its reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { at, begin, convene, CONVENED, LIVE, motionsShown, oclock, recordOf, SESSION } from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, enter, asked } = house;
const { live, until } = recordOf(house);
await convene(house);

const dialog = page.getByRole('alertdialog');
const confirm = (name) => dialog.getByRole('button', { name });
/** The reason that the check of those words asks for. */
const reason = (words) => dialog.getByRole('listitem').filter({ hasText: words }).getByRole('textbox');

test('opened hours before its time and by another than the rules say, each asks its reason', async () => {
  await at(house, oclock('05:40'));
  await house.go(LIVE);
  await enter('Instalar sesión…');
  await dialog.getByText('y se abriría a las 5:40').waitFor();
  // The dialog says what is missing, and does not open without it.
  const button = confirm('Instalar');
  assert.equal(await button.getAttribute('title'), 'Falta 1 razón');
  const presides = dialog.getByRole('combobox').first();
  await presides.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Hacienda');
  await page.keyboard.press('Enter');
  await dialog.getByText('El reglamento no da a ese puesto la presidencia').waitFor();
  assert.equal(await button.getAttribute('title'), 'Faltan 2 razones');
  assert.deepEqual(await house.inBothThemes('verificaciones-instalar'), []);
  await reason('se abriría').fill('Lo pidió la Alcaldía.');
  await reason('no da a ese puesto').fill('La Comisión designó a la Secretaría de Hacienda.');
  await page.keyboard.press('Control+Enter');
  await until((view) => view.opened);
  const told = (await live()).session.overrides.map((one) => [one.step, one.check, one.reason]);
  assert.deepEqual(told, [
    ['open', 'hour', 'Lo pidió la Alcaldía.'],
    ['open', 'presider', 'La Comisión designó a la Secretaría de Hacienda.'],
  ]);
});

test('before a vote the form says what was checked, by which norm, and where what stops it is mended', async () => {
  const { roll } = await live();
  for (const [n, row] of roll.slice(0, 10).entries()) {
    await at(house, oclock(`05:41:${String(n * 5).padStart(2, '0')}`));
    await house.call('record_event', { session_id: SESSION, kind: 'roll_answer', seat_id: row.seat_id });
  }
  await begin(house, '05:45', 'it-compromisos');
  await house.call('file_motion', {
    id: 'mot-1',
    session_id: SESSION,
    item_id: 'it-compromisos',
    kind: 'substantive',
    text: 'Acoger el informe de compromisos',
  });
  await house.restart(LIVE);
  await motionsShown(house);
  await press('F4');
  await asked('Abrir votación');
  const checks = page.getByRole('group', { name: 'Verificaciones antes de votar' });
  await checks.getByText(/^Todas las verificaciones pasan/).click();
  await checks.getByText(/^Quórum decisorio: 9 de 16 .*hay 10$/).waitFor();
  assert.deepEqual(await house.inBothThemes('verificaciones-votar'), []);
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await house.call('declare_recusal', {
    id: 'rec-1',
    session_id: SESSION,
    item_id: 'it-compromisos',
    seat_id: roll[3].seat_id,
    ground: 'interés directo',
  });
  await house.quiet();
  await press('F4');
  await asked('Abrir votación');
  await checks.getByText('Hay un impedimento por decidir en este punto').waitFor();
  const asking = page.getByRole('dialog');
  // It is not opened, and that is said once.
  assert.equal(await asking.getByRole('button', { name: 'Abrir votación' }).getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Control+Enter');
  await house.quiet();
  assert.equal(
    await asking.locator('.dialog-body').getByText('Hay un impedimento por decidir en este punto').count(),
    1,
  );
  assert.equal(await asking.getByRole('alert').count(), 0);
  // The door leads to where it is decided.
  await checks.getByRole('button', { name: 'Ir a corregir' }).press('Enter');
  await asked('El impedimento todavía no se ha votado');
  await page.keyboard.press('Control+Enter');
  await asked('Nueva moción');
  await page.keyboard.press('Control+Enter');
  await until((view) => view.motions.some((one) => one.kind === 'recusal'));
  await motionsShown(house);
  // What is voted first is the recusal.
  await press('F4');
  await asked('Aceptar el impedimento de');
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  const { motions } = await live();
  await house.call('settle_motion', {
    motion_id: motions.find((one) => one.kind === 'recusal').id,
    status: 'withdrawn',
  });
  await house.quiet();
});

test('adjourned with what is left unresolved, each thing with its reason, which the minutes print', async () => {
  await at(house, oclock('06:30'));
  await house.restart(LIVE);
  await enter('Levantar sesión…');
  await dialog.getByText('El impedimento de').waitFor();
  await dialog.getByText(/^Sin tratar: puntos \d/).waitFor();
  assert.equal(await confirm('Levantar sesión').getAttribute('title'), 'Faltan 2 razones');
  assert.deepEqual(await house.inBothThemes('verificaciones-levantar'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  const button = await confirm('Levantar sesión').boundingBox();
  assert.ok(button.y + button.height <= 640, 'the buttons are in sight in a low window');
  await reason('no se votó').fill('Se agotó el tiempo.');
  await reason('El impedimento de').fill('Se agotó el tiempo.');
  await page.keyboard.press('Control+Enter');
  await until((view) => view.session.status === 'adjourned');
  const { assembly } = await house.call('get_minutes_view', { session_id: SESSION });
  assert.equal(assembly.overrides.length, 3);
  assert.match(assembly.overrides[0], /se abrió a las 5:40 a\. m\. Razón: Lo pidió la Alcaldía\.$/);
  assert.match(assembly.overrides[2], /no se votó.*El impedimento de .* Razón: Se agotó el tiempo\.$/);
  assert.deepEqual(house.complaints, []);
});
