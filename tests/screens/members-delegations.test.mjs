// Integrantes by keyboard: a delegation limited to items, corrected and revoked at an hour; and the seats of organisations,
// with their letter, their term and their alternate.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pick } from './preparation.mjs';
import { at, begin, CONVENED, houseWithSession, oclock, openWith, recordOf, SESSION } from './session.mjs';

const house = await houseWithSession();
const { page, press, asked, inMenu, enter } = house;
const { live } = recordOf(house);
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const SEAT = 'com-habitat';
const kept = async (seat = SEAT) => (await house.call('list_delegations', { seat_id: seat }))[0];

/** The hands are at a field of the dialog, by its role and name. */
const field = (role, name) => dialog().getByRole(role, { name });
const choose = async (name) => {
  await dialog().getByLabel(name, { exact: true }).focus();
  await press('Space');
};
const type = async (name, words) => {
  await field('textbox', name).focus();
  await page.keyboard.type(words);
};
const day = async (name, digits) => {
  await field('spinbutton', new RegExp(`^${name}.* día$`)).focus();
  await page.keyboard.type(digits);
};

test('a delegation for some items of a session, of somebody whose level was not on file', async () => {
  await house.call('put_person', { id: 'per-nuria', full_name: "Nuria D'Ors-Muñoz de los Llanos" });
  await house.go(`/integrantes?fila=${SEAT}`);
  await enter('Registrar delegación…');
  await asked('Registrar una delegación');
  const text = await dialog().innerText();
  assert.match(text, /Se exige nivel directivo o superior/);
  await pick(page, field('combobox', 'Persona delegada'), 'Nuria');
  await type('Número', '014 de 2026');
  await day('Fecha del acto', '09022026');
  await choose('Unos puntos del orden del día');
  const confirm = field('button', 'Registrar delegación');
  assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
  assert.equal(await confirm.getAttribute('title'), 'Elija las sesiones.');
  // Of the body's sessions, the one that the act's dates admit.
  await house.many(field('checkbox', /^Sesión/), 1);
  await field('checkbox', 'Sesión ordinaria n.º 1 de 2026').focus();
  await press('Space');
  for (const item of [/^3\. Seguimiento/, /^4\. Reforma/]) {
    await dialog().getByRole('checkbox', { name: item }).focus();
    await press('Space');
  }
  assert.deepEqual(await house.inBothThemes('delegacion-puntos'), []);
  // The core's sentence, at the field: nobody knows her level.
  await press('Control+Enter');
  await dialog()
    .getByText(/No se sabe el nivel del cargo/)
    .waitFor();
  await field('combobox', 'Nivel de su cargo').focus();
  await press('Enter');
  await page.getByRole('option', { name: 'Directivo' }).waitFor();
  await press('Home', 'Enter');
  await press('Control+Enter');
  await gone();
  const made = await kept();
  assert.deepEqual([made.item_ids, made.session_ids], [['it-compromisos', 'it-reglamento'], [SESSION]]);
  assert.equal(made.delegate.level, 'directive');
  await house.says('solo para los puntos 3 y 4 de la sesión ordinaria');
  assert.deepEqual(await house.inBothThemes('integrantes-delegacion-puntos'), []);
});

test('it is corrected: its items are there, and then it is for voice alone in the whole session', async () => {
  await page.getByRole('button', { name: 'Acciones de Resolución 014 de 2026' }).focus();
  await press('Enter');
  await inMenu('Editar…');
  await asked('Corregir la delegación');
  await field('checkbox', /^4\. Reforma/).waitFor();
  assert.equal(await field('checkbox', /^4\. Reforma/).isChecked(), true);
  assert.equal(await field('checkbox', /^5\. Proposiciones/).isChecked(), false);
  await choose('Unas sesiones');
  await choose('Solo voz');
  await dialog()
    .locator('input[type="file"]')
    .setInputFiles({ name: 'resolucion-014.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 acto') });
  await dialog().getByText('Archivo: resolucion-014.pdf').waitFor();
  await press('Control+Enter');
  await gone();
  const now = await kept();
  assert.deepEqual(
    [now.item_ids, now.session_ids, now.scope, now.file],
    [null, [SESSION], 'voice', 'resolucion-014.pdf'],
  );
  await house.says('solo para la sesión ordinaria');
  await page.getByRole('button', { name: 'Abrir resolucion-014.pdf' }).waitFor();
});

test('it is revoked on a day, with the act that revokes it', async () => {
  await page.getByRole('button', { name: 'Acciones de Resolución 014 de 2026' }).focus();
  await press('Enter');
  await inMenu('Revocar…');
  await asked('Revocar');
  await day('Primer día sin efecto', '10022026');
  await type(/^Razón/, 'Resolución 20 de 2026.');
  assert.deepEqual(await house.inBothThemes('delegacion-revocar'), []);
  await press('Control+Enter');
  await gone();
  const now = await kept();
  assert.deepEqual([now.status, now.revoked_on, now.revoked_at], ['revoked', '2026-02-10', null]);
  await house.says('Revocada desde el 10 feb 2026');
});

test('a delegate who sits in a session is revoked at an hour: the core asks for it, and what it changes', async () => {
  await at(house, CONVENED);
  const { id } = await house.call('record_delegation', {
    seat_id: SEAT,
    delegate_id: 'per-nuria',
    act: {
      kind: 'resolution',
      number: '015 de 2026',
      date: '2026-02-10',
      name: null,
      fictitious: false,
      file: null,
      blob_id: null,
    },
  });
  await openWith(house, 9);
  await house.call('record_event', { session_id: SESSION, kind: 'roll_answer', seat_id: SEAT, person_id: 'per-nuria' });
  await begin(house, '08:20', 'it-orden');
  await at(house, oclock('08:40'));
  await house.go('/integrantes?vista=delegaciones');
  await page.getByRole('button', { name: 'Acciones de Resolución 015 de 2026' }).focus();
  await press('Enter');
  await inMenu('Revocar…');
  await asked('Revocar la delegación: Resolución 015 de 2026');
  await dialog()
    .getByText(/está en la sesión: desde esa hora queda con voz y sin voto/)
    .waitFor();
  assert.equal(await dialog().getByText('Desde qué hora (opcional)').count(), 0);
  await field('spinbutton', /^Desde qué hora .*hora$/).focus();
  await page.keyboard.type('0950');
  await press('Control+Enter');
  const future = dialog().getByText(/La hora de la revocatoria es de otro día o está en el futuro/);
  await future.waitFor();
  await field('spinbutton', /^Desde qué hora .*hora$/).focus();
  await page.keyboard.type('0835');
  await future.waitFor({ state: 'detached' });
  assert.deepEqual(await house.inBothThemes('delegacion-revocar-hora'), []);
  await press('Control+Enter');
  await gone();
  const row = (await live()).roll.find((one) => one.seat_id === SEAT);
  assert.deepEqual([row.capacity, row.inside, row.counts], ['no_valid_delegation', true, false]);
  const now = (await house.call('list_delegations', { seat_id: SEAT })).find((one) => one.id === id);
  assert.equal(now.revoked_at, oclock('08:35').replace('.000', ''));
  await house.says('Revocada desde el 26 mar 2026, 08:35');
});

test("an organisation's seat: its component and term, the letter of who represents it, and its alternate", async () => {
  await at(house, oclock('08:50'));
  await house.go('/integrantes?instancia=body-grupo');
  await press('Control+n');
  await asked('Puesto nuevo');
  await type('Nombre del puesto', 'Cooperativas y economía solidaria');
  await pick(page, field('combobox', /^Componente/), 'Sociedad');
  await type(/^Quiénes pueden ocuparlo/, 'Quien designe la asamblea de cooperativas');
  await field('spinbutton', /^Periodo, en años/).focus();
  await page.keyboard.type('2');
  await press('Tab');
  assert.deepEqual(await house.inBothThemes('puesto-acreditado'), []);
  await press('Control+Enter');
  await gone();
  await page.getByRole('heading', { name: 'Cooperativas y economía solidaria' }).waitFor();
  await enter('Nombrar…');
  await asked('Nombrar en el puesto');
  await pick(page, field('combobox', 'Persona'), 'Nuria');
  await day('Fecha de la carta que acredita', '02032026');
  await field('checkbox', 'Autorizó el tratamiento de sus datos').focus();
  await press('Space');
  assert.deepEqual(await house.inBothThemes('titular-acreditado'), []);
  await press('Control+Enter');
  await gone();
  await house.says('Acreditación: oficio del 2 mar 2026 · autorizó el tratamiento de sus datos');
  await enter('Registrar suplente…');
  await asked('Registrar a un suplente');
  await pick(page, field('combobox', 'Suplente'), 'Inés Leonarda');
  // Nobody held the seat on the day of the letter: the core says so at its date.
  await day('Fecha del acto', '02032026');
  await press('Control+Enter');
  await dialog()
    .getByText(/no tenía titular/)
    .waitFor();
  await day('Fecha del acto', '26032026');
  assert.deepEqual(await house.inBothThemes('suplente'), []);
  await press('Control+Enter');
  await gone();
  const { seats } = await house.call('list_members', { body_id: 'body-grupo' });
  const { seat, current, delegations } = seats.find((one) => one.seat.title.startsWith('Cooperativas'));
  assert.deepEqual(
    [seat.component_id, seat.term_years, seat.eligible],
    ['comp-sociedad-civil', 2, 'Quien designe la asamblea de cooperativas'],
  );
  assert.deepEqual(
    { ...current.accreditation },
    { kind: 'letter', date: '2026-03-02', data_authorization: true, note: null },
  );
  assert.deepEqual([delegations[0].act.kind, delegations[0].act.number], ['letter', null]);
  await page.setViewportSize({ width: 1024, height: 640 });
  assert.deepEqual(await house.inBothThemes('integrantes-organizacion'), []);
  assert.deepEqual(house.complaints, []);
});
