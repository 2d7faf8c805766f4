// Sesionar, by the keyboard alone, on the real core: the roll, what is said, a motion and its vote.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, houseWithSession, LIVE, motionsShown, oclock, putToVote, recordOf } from './session.mjs';

const house = await houseWithSession();
const { page, press, typeInDialog: type, says, asked } = house;
await at(house, oclock('08:02'));
await house.go(LIVE);

const { live, until } = recordOf(house);
const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
test('the session is opened, and the roll is called with the space bar', async () => {
  await press('Control+Enter');
  await asked('Instalar la sesión');
  await press('Control+Enter');
  await until((view) => view.opened);
  await says('Se cuenta quién está');
  await says('Sin responder');
  for (let seat = 1; seat <= 9; seat += 1) {
    if (seat === 9) await says('Quórum decisorio: 9 de 16');
    const at = (await live()).roll[seat - 1];
    assert.match(await focused(), new RegExp(at.person.full_name.slice(0, 12)));
    await press('Space');
    await until((view) => view.roll[seat - 1].inside, `seat ${seat} answers`);
    if (seat < 9) await press('ArrowDown');
  }
  await says('Hay quórum');
  assert.equal(await page.getByRole('meter').getAttribute('aria-valuenow'), '9');
  await press('F7');
  await until((view) => view.course.ledger.some((line) => line.kind === 'quorum_check'));
});

test('a late arrival and the seat by its number; the timer of the item', async () => {
  await at(house, oclock('08:10'));
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-lista');
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-orden');
  await at(house, oclock('08:12'));
  await press('1', '2', 'Space');
  await until((view) => view.roll[11].inside && view.events.at(-1).kind === 'arrival');
  await at(house, oclock('08:13:30'));
  await house.restart(LIVE);
  assert.equal(await page.getByRole('timer', { name: 'Transcurrido' }).innerText(), '03:30');
});

test('an intervention takes one key and three letters', async () => {
  await press('F2');
  await type('zun');
  await says('Lucrecia Inmaculada');
  await press('Enter');
  await until((view) => view.course.interventions.length === 1);
  const [speech] = (await live()).course.interventions;
  assert.equal(speech.seat_id, 'com-hacienda');
});

test('a key pressed right after the one that changes the item is for the item being entered', async () => {
  await press('Alt+PageDown', 'F3');
  await page.keyboard.type('Recibir el informe de seguimiento');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  const { motions, course } = await live();
  assert.deepEqual([motions[0].item_id, motions[0].text], ['it-compromisos', 'Recibir el informe de seguimiento']);
  assert.equal(course.current_item_id, 'it-compromisos');
  await motionsShown(house);
  await press('Alt+PageUp', 'Alt+PageDown', 'F9');
  await page.keyboard.type('Enviar el informe');
  await press('Control+Enter');
  await until((view) => view.commitments.length === 1);
  assert.equal((await live()).commitments[0].item_id, 'it-compromisos');
});

test('a motion, a roll-call vote with F, C and A, its decision and commitment without leaving the item', async () => {
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-reglamento');
  await putToVote(house, 'Aprobar la reforma del artículo 14 del reglamento interno');
  await press('f', 'f', 'f', 'a', 'f', 'c', 'f');
  await until((view) => view.ballots.length === 7, 'seven ballots');
  const { roll, ballots } = await live();
  assert.deepEqual(
    roll.slice(0, 7).map((row) => ballots.find((one) => one.seat_id === row.seat_id).value),
    ['for', 'for', 'for', 'abstain', 'for', 'against', 'for'],
  );
  assert.deepEqual(await house.inBothThemes('sesionar'), []);
  await press('f', 'f', 'f');
  await until((view) => view.ballots.length === 10);
  await press('9', 'Backspace');
  await until((view) => view.ballots.length === 9, 'a ballot is taken back');
  await press('f');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes[0].status === 'closed');
  await says('Negada');

  // What nobody voted is no substantive decision: the rule is told at the vote, which is named.
  await press('F8');
  await type('No se aprueba la reforma: vuelve a la secretaría técnica para su ajuste');
  await press('Control+Enter');
  await says('Una decisión sustantiva la toma una votación');
  assert.equal((await live()).decisions.length, 0);
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
  await press('Enter');
  await page.getByRole('option').first().waitFor();
  await press('ArrowUp', 'Enter');
  await press('Control+Enter');
  await until((view) => view.decisions.length === 1);
  assert.equal((await live()).decisions[0].vote_id, (await live()).votes[0].id);
  await press('F9');
  await says('Sin ella, el acta la pedirá');
  await type('Presentar el texto ajustado');
  await press('Tab');
  await type('oñate');
  await press('ArrowDown', 'Enter', 'Tab');
  await press('Control+Enter');
  await until((view) => view.commitments.length === 2);
  const promised = (await live()).commitments.find((one) => one.text === 'Presentar el texto ajustado');
  assert.equal(promised.item_id, 'it-reglamento');
  await says('Presentar el texto ajustado');
  await says('Sin fecha límite');
  assert.deepEqual(house.complaints, []);
});
