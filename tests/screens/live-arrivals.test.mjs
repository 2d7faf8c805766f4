// Sesionar, by keyboard: who comes for a seat, and what the rules settle of it. A delegate of some items, a second delegate,
// one who sits in another seat, a holder who comes late; and a delegation revoked while its delegate sits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, begin, houseWithSession, LIVE, oclock, openWith, recordOf, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, asked, inMenu } = house;
const { live, until } = recordOf(house);
const SEAT = 'com-movilidad';
const OTHER = 'com-habitat';
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const row = async (seat = SEAT) => (await live()).roll.find((one) => one.seat_id === seat);
const delegate = async (id, full_name, seats) => {
  await house.call('put_person', { id, full_name, level: 'directive' });
  for (const [seat_id, number, more] of seats)
    await house.call('record_delegation', {
      seat_id,
      delegate_id: id,
      act: {
        kind: 'resolution',
        number: `${number} de 2026`,
        date: '2026-02-09',
        name: null,
        fictitious: false,
        file: null,
        blob_id: null,
      },
      ...more,
    });
};
await delegate('per-nuria', "Nuria D'Ors-Muñoz de los Llanos", [
  [SEAT, 14, {}],
  [OTHER, 15, {}],
]);
await delegate('per-otto', 'Otto Ñáñez Güiza', [[SEAT, 16, {}]]);
await delegate('per-irma', 'Irma Peñuela Ibáñez', [['com-mujeres', 17, { item_ids: ['it-reglamento'] }]]);
const holder = (await row()).candidates.find((one) => one.capacity === 'holder').person;
await openWith(house, 9);
await at(house, oclock('08:08'));
await house.call('record_event', { session_id: SESSION, kind: 'quorum_check' });
await house.go(LIVE);

/** Opens the movements of a seat by its number. */
const movements = async (number) => {
  await page.locator('tbody tr').first().focus();
  await press(...number, 'Enter');
  await page.getByRole('menu').waitFor();
};
const under = page.getByRole('region', { name: /^Por un puesto, sin contar/ });

test('each one who may come says by which act, and a delegate of some items when they are counted', async () => {
  await movements('14');
  const entry = page.getByRole('menuitem', { name: /Llega Irma/ });
  await entry.getByText('Su delegación se limita a: punto 4. Se cuenta y vota solo mientras se trata.').waitFor();
  assert.deepEqual(await house.inBothThemes('llega-delegacion-de-punto'), []);
  await inMenu(/Llega Irma/);
  await until((view) => view.roll.find((one) => one.seat_id === 'com-mujeres').inside);
  assert.equal((await row('com-mujeres')).counts, false);
  await under.getByText('Su delegación se limita a: punto 4.').waitFor();
  await begin(house, '08:10', 'it-reglamento');
  await until((view) => view.roll.find((one) => one.seat_id === 'com-mujeres').counts);
  await under.waitFor({ state: 'detached' });
});

test('a second delegate has voice alone where the rules admit one, and leaves', async () => {
  await at(house, oclock('08:12'));
  await movements('12');
  await inMenu(/Llega Nuria/);
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).counts);
  await at(house, oclock('08:14'));
  await movements('12');
  await inMenu('Llega otra persona…');
  await asked('Llega otra persona');
  // Who sits is told, and of each one what they would be.
  await dialog()
    .getByText(/En el puesto está Nuria D'Ors.* \(Delegación · Resolución 14 de 2026\)/)
    .waitFor();
  await page.keyboard.type('Otto');
  await page.getByRole('option', { name: /Otto/ }).waitFor();
  await press('ArrowDown', 'Enter');
  await dialog()
    .getByText(/el reglamento no admite otro en la sesión \(Acuerdo 001 de 2025, art\. 10\)/)
    .waitFor();
  assert.deepEqual(await house.inBothThemes('llega-segundo-delegado'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).beside.length === 1);
  assert.deepEqual([(await row()).person.id, (await row()).beside[0].id], ['per-nuria', 'per-otto']);
  await under.getByText(/no admite otro en la sesión/).waitFor();
  assert.deepEqual(await house.inBothThemes('sesionar-voz-sin-voto'), []);
  await under.getByRole('button', { name: /^Se retira.*Otto/ }).focus();
  await press('Enter');
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).beside.length === 0);
});

test('a delegate who sits already is refused for another seat, and that is put on record', async () => {
  await at(house, oclock('08:16'));
  await movements('13');
  await inMenu(/Llega Nuria/);
  await asked('Llega otra persona');
  await dialog()
    .getByText(/consta desde las 8:12 a\. m\. en el puesto 12 .* Nadie ocupa dos puestos a la vez/)
    .waitFor();
  assert.equal(
    await dialog()
      .getByRole('textbox', { name: /^Qué presentó/ })
      .inputValue(),
    'Presentó: Resolución 15 de 2026.',
  );
  assert.deepEqual(await house.inBothThemes('llega-por-dos-puestos'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.events.some((one) => one.kind === 'invalid_delegation'));
  assert.deepEqual([(await row(OTHER)).inside, (await row()).person.id], [false, 'per-nuria']);
  await page.getByRole('button', { name: 'Cronología' }).focus();
  await press('Enter');
  await page
    .locator('.log li', { hasText: 'Delegación que no se admite' })
    .getByText('Resolución 15 de 2026')
    .waitFor();
});

test('the holder comes after the delegate and takes the seat; the delegate stays with voice', async () => {
  await at(house, oclock('08:18'));
  await movements('12');
  await inMenu(`Llega ${holder.full_name}`);
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).person.id === holder.id);
  await under.getByText(`${holder.full_name} ocupa el puesto.`).waitFor();
  await page.getByText(/ocupa su puesto; Nuria D'Ors.* sigue con voz y sin voto/).waitFor({ state: 'attached' });
  // The holder leaves, and the delegate is counted again.
  await at(house, oclock('08:20'));
  await movements('12');
  await inMenu('Se retira');
  await until((view) => !view.roll.find((one) => one.seat_id === SEAT).inside);
  await movements('12');
  await inMenu(/Llega Nuria/);
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).counts);
});

test('the delegation is revoked while its delegate sits: from the hour proposed', async () => {
  await at(house, oclock('08:30'));
  await movements('12');
  await inMenu('Se revoca su delegación…');
  await asked('Revocar');
  await dialog()
    .getByRole('textbox', { name: /^Razón/ })
    .focus();
  await page.keyboard.type('Resolución 20 de 2026.');
  assert.deepEqual(await house.inBothThemes('sesionar-revocar'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.roll.find((one) => one.seat_id === SEAT).capacity === 'no_valid_delegation');
  const event = (await live()).events.find((one) => one.kind === 'delegation_revoked');
  assert.deepEqual([event.occurred_at, event.detail], [oclock('08:30').replace('.000', ''), 'Resolución 20 de 2026.']);
  await under.getByText('La delegación (Resolución 14 de 2026) se revocó.').waitFor();
  await page.setViewportSize({ width: 1024, height: 640 });
  assert.deepEqual(await house.inBothThemes('sesionar-revocada'), []);
  assert.deepEqual(house.complaints, []);
});
