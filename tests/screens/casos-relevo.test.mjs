// Another person takes the chair between the session and the signature, by the keyboard alone: the minutes are of whoever
// presided, in what they print and in who signs them; a signature that does not come has its reason, and is taken when it comes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { pick } from './preparation.mjs';
import {
  adjourn,
  assertPrinted,
  at,
  begin,
  convene,
  CONVENED,
  LIVE,
  MINUTES,
  oclock,
  openWith,
  putToVote,
  recordOf,
  SESSION,
  underRules,
} from './session.mjs';

const CHAIR = 'com-consejeria';
const PRESIDED = "Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro";
const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, says, inMenu, enter } = house;
const { until } = recordOf(house);
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
const day = async (name, typed) => {
  await dialog().getByRole('group', { name }).getByRole('spinbutton').first().focus();
  await page.keyboard.type(typed);
};
const minutes = () => house.call('get_minutes_view', { session_id: SESSION });
const told = (holds) => house.until(async () => holds(await minutes()), String(holds));
await underRules(house, (rules) => ({ ...rules, minutes: { ...rules.minutes, approval_route: 'silence' } }));
await convene(house);
await openWith(house, 10);
await begin(house, '08:20', 'it-varios');
await house.go(LIVE);

test('held under one chair, the session is adjourned and its draft is sent', async () => {
  await putToVote(house, 'Sesionar de nuevo en mayo');
  for (let turn = 0; turn < 10; turn += 1) await press('f');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes[0].status === 'closed');
  await enter('Escribir su decisión…');
  await asked('Registrar decisión');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  await gone();
  await at(house, oclock('09:00'));
  await adjourn(house);
  await gone();
  await at(house, '2026-03-27T15:00:00Z');
  await house.restart(MINUTES);
  await enter('Enviar a observaciones');
  await asked('Enviar a observaciones');
  await press('Control+Enter');
  await told((view) => view.minutes.status === 'in_review');
  await gone();
});

test('the chair leaves and another person is appointed: the minutes stay with whoever presided', async () => {
  await at(house, '2026-04-08T15:00:00Z');
  await house.restart(`/integrantes?fila=${CHAIR}`);
  await enter(`Acciones de ${PRESIDED}`);
  await inMenu('Terminar el periodo…');
  await asked('Terminar el periodo');
  await day('Último día', '31032026');
  await press('Control+Enter');
  await gone();
  await says('31 mar 2026');
  await enter('Nombrar…');
  await asked('Nombrar en el puesto');
  await pick(page, dialog().getByRole('combobox', { name: 'Persona' }), 'Hernán');
  await day('Desde', '01042026');
  assert.deepEqual(await house.inBothThemes('relevo-nombrar'), []);
  await press('Control+Enter');
  await gone();
  const { person_id, valid_from } = await house.call('get_holder', { seat_id: CHAIR });
  const { signatures } = await minutes();
  assert.equal(valid_from, '2026-04-01');
  assert.notEqual(person_id, signatures[0].person_id);
  assert.equal(signatures[0].name, PRESIDED);
});

test('adopted, they are signed by whoever presided, or it is said why not; the new chair signs nothing', async () => {
  await house.restart(MINUTES);
  await enter('Aprobar el acta…');
  await asked('Aprobar el acta');
  assert.deepEqual(await house.inBothThemes('relevo-aprobar'), []);
  await press('Control+Enter');
  await told((view) => view.minutes.status === 'approved');
  await gone();
  const aside = page.locator('aside');
  await aside.getByText(PRESIDED, { exact: true }).waitFor();
  assert.equal(await aside.getByText(/^Hernán/).count(), 0);
  await enter(new RegExp(`Registrar firma ?: ${PRESIDED.slice(0, 12)}`));
  await asked('Firma de la presidencia');
  await dialog().getByText(PRESIDED).first().waitFor();
  await press('ArrowDown', 'ArrowDown');
  await dialog()
    .getByRole('textbox', { name: /^Por qué no firma/ })
    .focus();
  await page.keyboard.type('Dejó el cargo y no firmó.');
  assert.deepEqual(await house.inBothThemes('relevo-no-firma'), []);
  await press('Control+Enter');
  await told((view) => view.signatures[0].missing_reason !== null);
  await gone();
  await aside.getByText('No firma: Dejó el cargo y no firmó.').waitFor();
  await enter(/Registrar firma ?: Pilar/);
  await asked('Firma de la secretaría técnica');
  await press('Control+Enter');
  await told((view) => view.minutes.status === 'signed');
  await gone();
  assert.deepEqual(await house.inBothThemes('relevo-firmas'), []);
  const { signatures } = await minutes();
  assert.deepEqual(
    signatures.map((one) => [one.name, one.signed_on, one.missing_reason]),
    [
      [PRESIDED, null, 'Dejó el cargo y no firmó.'],
      ['Pilar Amparo Villaquirán-Ñúñez Escandón', '2026-04-08', null],
    ],
  );
  await assertPrinted(house, [
    'A las 8:02 a. m. la presidenta declaró instalada la sesión.',
    'Consejera distrital de Relaciones Internacionales',
    'En constancia firman en Bogotá, D. C., el 8 de abril de 2026.',
    'Presidenta de la sesión',
  ]);
});

test('the signature that comes later takes its place, and it stays told that it was missing', async () => {
  await at(house, '2026-04-20T15:00:00Z');
  await house.restart(MINUTES);
  await enter(/Registrar la firma que llegó/);
  await asked('Firma de la presidencia');
  await dialog().getByText('No firma: Dejó el cargo y no firmó.').waitFor();
  await day('Fecha de la firma', '17042026');
  await press('Control+Enter');
  await told((view) => view.signatures[0].signed_on === '2026-04-17');
  await gone();
  await says('Antes constaba que no firma: Dejó el cargo y no firmó.');
  assert.deepEqual(house.complaints, []);
});
