// A tie while the chair is recused, by the keyboard alone: whoever the rules put in its place settles it, whoever the body
// chose does not, and what is repeated stays tied; the minutes tell each with its norm.
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
  motionsShown,
  oclock,
  openWith,
  putToVote,
  recordOf,
  SESSION,
  underRules,
  voting,
} from './session.mjs';

const SUBSTITUTE = 'Bartolomé Gregorio';
const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, says, inMenu, enter } = house;
const { live, until } = recordOf(house);
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
await underRules(house, (rules) => ({
  ...rules,
  casting_vote: { ...rules.casting_vote, substitute_has_it: true },
  // What reforms the rules is repeated when it is tied; anything else is settled by the casting vote.
  rules: rules.rules.map((rule) =>
    rule.applies_to.includes('internal_rules')
      ? { ...rule, base: 'votes_cast', threshold: { kind: 'simple' }, tie: 'second_round' }
      : rule,
  ),
  recusal: { ...rules.recusal, decided_by: 'superior', treatment: 'leave_base', vote_rule: null },
}));
await convene(house);
await openWith(house, 11);
await begin(house, '08:20', 'it-compromisos');
await house.go(LIVE);

/** The chair declares itself recused in the item under way, and its superior accepts it. */
async function recused(n) {
  await page.locator('tbody tr').first().focus();
  await press('1', 'Enter');
  await inMenu('Se declara impedido…');
  await house.typeInDialog('Interés directo en el asunto');
  await press('Control+Enter');
  await gone();
  await until((view) => view.recusals.length === n);
  await enter('Decidir el impedimento…');
  await asked('Impedimento de');
  await dialog().getByRole('textbox', { name: 'Acto que lo decide' }).focus();
  await page.keyboard.type(`Oficio ${n} de 2026`);
  await press('Control+Tab');
  await enter('Aceptar el impedimento');
  await gone();
  await until((view) => view.recusals.at(-1).outcome === 'accepted');
}

/** Somebody of the room presides from now on: the dialog that asks who was opened. */
async function presides(name) {
  await asked('Cambiar quien preside');
  await pick(page, dialog().getByRole('combobox', { name: 'Preside' }), name);
  await press('Control+Enter');
}

/** Those who may vote do it by turns, one in favour and one against. */
async function tied(votes) {
  const { length } = (await live()).course.votes.at(-1).entitled;
  assert.equal(length % 2, 0);
  for (let turn = 0; turn < length; turn += 1) await press(turn % 2 === 0 ? 'f' : 'c');
  await until((view) => view.ballots.filter((one) => one.vote_id === view.course.open_vote_id).length === length);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes.filter((vote) => vote.status === 'closed').length === votes);
}

test('the chair recused, nothing is put to the vote until somebody presides, and that is said where it is asked for', async () => {
  await press('F3');
  await house.typeInDialog('Acoger el informe');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  await motionsShown(house);
  await recused(1);
  await press('F4');
  await asked('Abrir votación');
  const checks = page.getByRole('group', { name: 'Verificaciones antes de votar' });
  await checks.getByText(/nadie preside\. Registre quién preside desde ahora/).waitFor();
  // Asked for all the same, it is refused, and the check has said why.
  await press('Control+Enter');
  await house.quiet();
  assert.equal(await dialog().getByRole('alert').count(), 0);
  assert.deepEqual(await house.inBothThemes('casos-nadie-preside'), []);
  assert.equal((await live()).votes.length, 0);
});

test('the substitute of the rules presides and has the casting vote: the page says whose it is', async () => {
  await at(house, oclock('08:30'));
  // The check leads to where it is mended.
  await dialog().getByRole('button', { name: 'Ir a corregir' }).press('Enter');
  await presides(SUBSTITUTE);
  await gone();
  await until((view) => view.course.presiding.at(-1).presides_as === 'substitute');
  await at(house, oclock('08:35'));
  await press('F4');
  await asked('Abrir votación');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await tied(1);
  const casting = page.getByRole('group', { name: 'Voto dirimente' });
  await casting.getByText(new RegExp(`Lo dirime quien presidía: ${SUBSTITUTE}`)).waitFor();
  assert.deepEqual(await house.inBothThemes('casos-dirimente'), []);
  await casting.getByRole('button', { name: 'A favor' }).press('Enter');
  await asked('Dirimir el empate a favor');
  await press('Control+Enter');
  await until((view) => view.motions[0].status === 'approved');
  const [vote] = (await live()).votes;
  assert.deepEqual([vote.casting_vote.value, vote.casting_vote.seat_id], ['for', 'com-gestion-publica']);
  await says('Aprobada');
});

test('what the rules repeat is voted again, and tied again it is not approved', async () => {
  await at(house, oclock('08:40'));
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-reglamento');
  await putToVote(house, 'Reformar el artículo 14');
  await tied(2);
  await says('Empate: se repite');
  assert.equal(await page.getByRole('group', { name: 'Voto dirimente' }).count(), 0);
  await at(house, oclock('08:45'));
  await enter('Abrir la segunda vuelta');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await tied(3);
  await says('Negada');
});

test('whoever the body chose, and the rules did not, presides without a casting vote', async () => {
  await at(house, oclock('08:50'));
  await press('Alt+PageDown');
  await until((view) => view.course.current_item_id === 'it-varios');
  await page.locator('tbody tr').first().focus();
  await press('1', 'Enter');
  await inMenu('Regresa al recinto');
  await until((view) => view.recusals[0].returned_at !== null);
  await at(house, oclock('08:52'));
  await recused(2);
  await enter('Más acciones');
  await inMenu('Cambiar quien preside…');
  await presides('Jerónimo Aurelio');
  await dialog()
    .getByRole('alert')
    .getByText(/el acta no citará norma/)
    .waitFor();
  assert.deepEqual(await house.inBothThemes('casos-preside-otro'), []);
  await press('Control+Enter');
  await gone();
  await until((view) => view.course.presiding.at(-1).seat_id === 'com-gobierno');
  await at(house, oclock('08:55'));
  await putToVote(house, 'Sesionar de nuevo en mayo');
  await tied(4);
  await says('Empate sin dirimir');
  assert.equal(await page.getByRole('group', { name: 'Voto dirimente' }).count(), 0);
  assert.equal((await live()).course.votes.at(-1).verdict.result, 'tie_unresolved');
});

test('adjourned, the minutes say who presided each vote and what settled it, each with its norm', async () => {
  await at(house, oclock('09:10'));
  await house.restart(LIVE);
  await adjourn(house);
  await house.go(MINUTES);
  await page.locator('.page canvas').first().waitFor();
  await assertPrinted(house, [
    "Aceptado el impedimento mediante el Oficio 1 de 2026, la doctora Ana Eugenia del Pilar Íñiguez-Ñungo D'Alessandro salió y no participó en el punto.",
    "Desde las 8:30 a. m. presidió el doctor Bartolomé Gregorio Cañizares-O'Farrill Monguí.",
    'Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. En ejercicio del voto dirimente (Acuerdo 001 de 2025, art. 11), quien presidía votó a favor. La moción fue aprobada.',
    'Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. Se dispuso repetir la votación.',
    'Repetida la votación, subsistió el empate y la moción no fue aprobada (Acuerdo 001 de 2025, art. 11).',
    'Desde las 8:52 a. m. presidió el doctor Jerónimo Aurelio Sanclemente-Ibáñez Quiñónez.',
    'Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. No hubo voto dirimente y la moción no fue aprobada.',
    'Presidente de la sesión',
  ]);
  // Whoever presided last signs.
  const { signatures } = await house.call('get_minutes_view', { session_id: SESSION });
  assert.match(signatures[0].name, /^Jerónimo Aurelio/);
  assert.deepEqual(house.complaints, []);
});
