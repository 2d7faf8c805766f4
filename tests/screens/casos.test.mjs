// Cases a secretary meets, by the keyboard alone: a recusal that breaks the quorum, a tie that is repeated without the
// chair, and a dissent handed in after its term.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import {
  assertPrinted,
  at,
  begin,
  convene,
  CONVENED,
  LIVE,
  motionsShown,
  oclock,
  openWith,
  putToVote,
  recordOf,
  SESSION,
  underRules,
} from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, says, inMenu, enter, typeInDialog: type } = house;
const { live, until } = recordOf(house);
/** The reasons that adjourning asks for. */
const reasons = async () => {
  const { checks } = await house.call('session_preflight', { session_id: SESSION, step: 'adjourn' });
  const asks = checks.filter((one) => one.overridable && !one.ok);
  return asks.map(({ check }) => ({ check, reason: 'Quedó para otra sesión.' }));
};
const NINE = { kind: 'fixed', value: 9 };
await underRules(house, (rules) => ({
  ...rules,
  quorum: { ...rules.quorum, decision: NINE },
  rules: rules.rules.map((rule) => ({ ...rule, quorum: NINE, base: 'votes_cast', tie: 'second_round' })),
  recusal: { ...rules.recusal, decided_by: 'superior', treatment: 'leave_base', article: null },
  deadlines: { ...rules.deadlines, statements: { business_days: 2, from: 'session_date' } },
}));
await convene(house);
await openWith(house, 9);
await begin(house, '08:20', 'it-compromisos');
await house.go(LIVE);

test('a recusal that breaks the quorum: what it blocks is said where the vote is asked for', async () => {
  await press('F3');
  await type('Acoger el informe');
  await press('Control+Enter');
  await until((view) => view.motions.length === 1);
  await motionsShown(house);
  await press('3', 'Enter');
  await inMenu('Se declara impedido…');
  await type('Interés particular y directo en el asunto');
  await press('Control+Enter');
  await until((view) => view.recusals.length === 1);
  await page.getByRole('button', { name: 'Decidir el impedimento…' }).press('Enter');
  await asked('Impedimento de');
  await page.getByRole('textbox', { name: 'Acto que lo decide' }).fill('Oficio 7 de 2026');
  await press('Control+Enter');
  await until((view) => view.recusals[0].outcome === 'accepted');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await press('F4');
  await asked('Abrir votación');
  const checks = page.getByRole('group', { name: 'Verificaciones antes de votar' });
  await checks.getByText(/^Sin los puestos impedidos no hay quórum para decidir este punto/).waitFor();
  const open = page.getByRole('dialog').getByRole('button', { name: 'Abrir votación' });
  assert.equal(await open.getAttribute('aria-disabled'), 'true');
  assert.deepEqual(await house.inBothThemes('casos-impedimento'), []);
  await press('Escape');
  assert.equal((await live()).votes.length, 0);
});

test('a tie with the chair out is repeated once, and then it is not approved', async () => {
  const { roll } = await live();
  await at(house, oclock('08:30'));
  for (const row of roll.slice(9, 12))
    await house.call('record_event', { session_id: SESSION, kind: 'arrival', seat_id: row.seat_id });
  await house.call('record_event', { session_id: SESSION, kind: 'temporary_departure', seat_id: roll[0].seat_id });
  await house.call('record_event', {
    session_id: SESSION,
    kind: 'chair_changed',
    seat_id: roll[1].seat_id,
    person_id: roll[1].person.id,
  });
  await begin(house, '08:31', 'it-varios');
  await house.restart(LIVE);
  // Each round has an instant of its own: the votes of one are ordered by their ids.
  const round = async (n) => {
    await at(house, oclock(`08:4${n}`));
    for (let turn = 0; turn < 10; turn += 1) await press(turn % 2 === 0 ? 'f' : 'c');
    await until(
      (view) => view.ballots.filter((one) => one.vote_id === view.course.open_vote_id).length === 10,
      `ten ballots of round ${n}`,
    );
    await press('Control+Enter');
    await asked('Cerrar la votación');
    await press('Control+Enter');
    await until((view) => view.votes.filter((vote) => vote.status === 'closed').length === n);
  };
  assert.equal((await live()).course.present.length, 10);
  await putToVote(house, 'Sesionar de nuevo en mayo');
  await round(1);
  await says('Empate: se repite');
  await enter('Abrir la segunda vuelta');
  await until((view) => view.course.open_vote_id !== null);
  await page.waitForFunction(() => document.activeElement?.matches('tr') && !document.querySelector('.dialog'));
  await round(2);
  await says('Negada');
  assert.equal((await live()).motions.at(-1).status, 'rejected');
});

test('a dissent handed in after its term is asked about, and the acta says so', async () => {
  await house.call('adjourn_session', { session_id: SESSION, overrides: await reasons() });
  const { roll } = await live();
  await at(house, '2026-04-06T15:00:00Z');
  await house.restart(`${LIVE}?punto=it-varios`);
  await press('F10');
  await asked('Dejar constancia');
  const form = page.getByRole('dialog');
  await form.getByRole('combobox').focus();
  await page.keyboard.type(roll[3].person.full_name.split(' ')[0]);
  await press('Enter');
  await form.getByRole('textbox').last().fill('La fecha no conviene a la ciudad.');
  await form.getByRole('checkbox').press('Space');
  await press('Control+Enter');
  await form.getByText(/terminó el 30 de marzo de 2026/).waitFor();
  assert.equal((await live()).statements.length, 0);
  assert.deepEqual(await house.inBothThemes('casos-salvamento'), []);
  await press('Control+Enter');
  await until((view) => view.statements.length === 1);
  await assertPrinted(house, [
    'Se recibió el 6 de abril de 2026, vencido el plazo, que terminó el 30 de marzo de 2026',
  ]);
  assert.deepEqual(house.complaints, []);
});
