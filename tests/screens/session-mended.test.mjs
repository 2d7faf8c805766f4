// What the checks before adoption find in the record of a session that ended, mended from where they lead.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, houseWithSession, LIVE, MINUTES, oclock, openWith, recordOf, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, asked } = house;
// Opened with nobody named as secretary, as an older program let it be, and without counting the quorum.
await house.call('edit_session', { id: SESSION, secretary_person_id: null });
await openWith(house, 0);
const { live, until } = recordOf(house);
const { roll } = await live();
await at(house, oclock('08:05'));
for (const row of roll.slice(0, 10))
  await house.call('record_event', {
    session_id: SESSION,
    kind: 'arrival',
    seat_id: row.seat_id,
  });
await at(house, oclock('09:30'));
await house.call('adjourn_session', { session_id: SESSION });
await house.go(MINUTES);
const check = async (name) =>
  (await house.call('get_minutes_view', { session_id: SESSION })).preflight.find((one) => one.check === name);
const mend = async (text) => {
  await page.locator('li', { hasText: text }).getByRole('button', { name: 'Ir a corregir' }).focus();
  await press('Enter');
};
const dialog = () => page.locator('.dialog');

test('who acted as secretary: the check opens the opening, where it is named with its reason', async () => {
  assert.equal((await check('secretary')).ok, false);
  await mend('No se registró quién actuó en la secretaría técnica');
  await asked('Corregir el hecho');
  await dialog().getByText('Apertura').waitFor();
  const field = dialog().getByRole('combobox', { name: /secretar/i });
  await field.focus();
  await page.keyboard.type('peña');
  await page.getByRole('option').first().waitFor();
  await press('ArrowDown', 'Enter');
  await dialog().getByRole('textbox', { name: 'Razón de la corrección' }).focus();
  await page.keyboard.type('No se anotó al abrir.');
  assert.deepEqual(await house.inBothThemes('sesionar-corregir-apertura'), []);
  await press('Control+Enter');
  await until((view) => view.session.secretary_person_id !== null);
  assert.equal((await check('secretary')).ok, true);
  const view = await live();
  const [trace] = view.events.find((one) => one.kind === 'call_to_order').corrections;
  assert.deepEqual([trace.field, trace.reason], ['secretary_person_id', 'No se anotó al abrir.']);
  await page.getByText('No se anotó al abrir.').waitFor();
});

test('the quorum that nobody counted is added with its time; without a reason the field says so', async () => {
  await house.go(MINUTES);
  await mend('No consta el quórum con que se abrió la sesión');
  await asked('Agregar un hecho que faltó');
  await dialog().getByText('Verificación de quórum').waitFor();
  await press('Control+Enter');
  await dialog().locator('[aria-invalid="true"]').first().waitFor();
  assert.equal((await check('opening_quorum')).ok, false);
  const time = dialog().getByRole('group', { name: 'Hora' });
  await time.getByRole('spinbutton').first().focus();
  await page.keyboard.type('0805');
  await dialog().getByRole('textbox', { name: 'Por qué se agrega' }).focus();
  await page.keyboard.type('Se contó en la sala.');
  assert.deepEqual(await house.inBothThemes('sesionar-agregar-hecho'), []);
  await press('Control+Enter');
  await until((view) => view.course.ledger.some((line) => line.kind === 'quorum_check'));
  assert.equal((await check('opening_quorum')).ok, true);
  await page.getByText('Agregado después').waitFor();
  // Taken back as any other act.
  await press('Control+z');
  await until((view) => !view.course.ledger.some((line) => line.kind === 'quorum_check'));
});

test('any fact is added from the log', async () => {
  await page.getByRole('button', { name: 'Agregar un hecho que faltó…' }).focus();
  await press('Enter');
  await asked('Agregar un hecho que faltó');
  const kind = dialog()
    .getByRole('button', { name: 'Qué ocurrió' })
    .or(dialog().getByRole('combobox', { name: 'Qué ocurrió' }));
  await kind.first().focus();
  await press('Enter');
  const leaves = page.getByRole('option', { name: 'Se retira' });
  await leaves.waitFor();
  for (let down = 0; down < 14 && (await leaves.getAttribute('data-highlighted')) === null; down += 1) {
    await press('ArrowDown');
    await house.quiet();
  }
  await press('Enter');
  const seat = dialog().getByRole('combobox', { name: 'Puesto' });
  await seat.focus();
  await page.keyboard.type(roll[3].person.full_name.split(' ')[0]);
  await page.getByRole('option').first().waitFor();
  await press('ArrowDown', 'Enter');
  const time = dialog().getByRole('group', { name: 'Hora' });
  await time.getByRole('spinbutton').first().focus();
  await page.keyboard.type('0900');
  await dialog().getByRole('textbox', { name: 'Por qué se agrega' }).focus();
  await page.keyboard.type('Lo dice la lista.');
  // Half entered when the power goes, it is there again: what occurred, where, when and why.
  await house.until(
    async () => (await house.call('list_drafts', {})).some((one) => one.text.includes('Lo dice la lista.')),
    'the draft',
  );
  await house.restart(LIVE);
  await house.enter('Cronología');
  await page.getByRole('button', { name: 'Agregar un hecho que faltó…' }).focus();
  await press('Enter');
  await asked('Agregar un hecho que faltó');
  await dialog()
    .getByText(/^Se recuperó lo que se escribía/)
    .waitFor();
  await dialog().getByRole('combobox', { name: 'Qué ocurrió' }).getByText('Se retira').waitFor();
  assert.equal(await seat.inputValue(), roll[3].person.full_name);
  assert.deepEqual(await house.inBothThemes('sesionar-hecho-recuperado'), []);
  await press('Control+Enter');
  await until((view) => view.events.some((one) => one.kind === 'departure'));
  await house.until(async () => (await house.call('list_drafts', {})).length === 0, 'no draft');
});

test('a recess that nobody wrote down is added with its beginning and its end', async () => {
  await house.go(`${LIVE}?falta=recess_start`);
  await asked('Agregar un hecho que faltó');
  for (const [name, clock] of [
    ['Hora', '0845'],
    ['Hora en que terminó', '0840'],
  ]) {
    await dialog().getByRole('group', { name, exact: true }).getByRole('spinbutton').first().focus();
    await page.keyboard.type(clock);
  }
  await dialog().getByRole('textbox', { name: 'Por qué se agrega' }).focus();
  await page.keyboard.type('Lo dice la grabación.');
  await press('Control+Enter');
  await dialog()
    .getByText(/a qué hora terminó el receso/)
    .waitFor();
  assert.deepEqual(await house.violations(), []);
  const ended = dialog().getByRole('group', { name: 'Hora en que terminó' });
  await ended.getByRole('spinbutton').first().focus();
  await page.keyboard.type('0855');
  await press('Control+Enter');
  await until((view) => view.course.pauses.length === 1);
  const [pause] = (await live()).course.pauses;
  assert.equal(Date.parse(pause.to) - Date.parse(pause.from), 10 * 60_000);
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(`${LIVE}?falta=quorum_check`);
  await asked('Add an event that was missed');
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
