// Ties in a session in writing, by the keyboard alone: one is settled by the casting vote of whoever presides, one is
// repeated in a term of its own, and the minutes tell both; meanwhile Hoy says that it is under way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { adjourn, assertPrinted, at, CONVENED, MINUTES, oclock, recordOf, SESSION, underRules } from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, says, enter } = house;
const { live, until } = recordOf(house);
const PLACE = `/sesiones/${SESSION}/sesionar`;
const dialog = () => page.locator('.dialog');
const gone = () => page.waitForFunction(() => !document.querySelector('.dialog'));
await underRules(house, (rules) => ({
  ...rules,
  sessions: { ...rules.sessions, written: { ...rules.sessions.written, allowed: true, article: '8' } },
  // What reforms the rules is repeated when it is tied; anything else is settled by the casting vote.
  rules: rules.rules.map((rule) =>
    rule.applies_to.includes('internal_rules')
      ? { ...rule, base: 'votes_cast', threshold: { kind: 'simple' }, tie: 'second_round' }
      : rule,
  ),
}));
const former = await house.call('live_session', { session_id: 'ses-2025-02' });
await house.call('create_session', {
  id: SESSION,
  body_id: 'body-comision',
  kind: 'ordinary',
  date: '2026-03-26',
  mode: 'written',
  replies: { opens_at: oclock('08:00'), closes_at: oclock('17:00') },
  secretary_person_id: former.session.secretary_person_id,
});
for (const [item, title, kind, motion, text] of [
  ['it-reglamento', 'Reforma del reglamento', 'internal_rules', 'mot-1', 'Reformar el artículo 14'],
  ['it-varios', 'Proposiciones y varios', 'other_business', 'mot-2', 'Celebrar el foro en la sede norte'],
]) {
  await house.call('add_agenda_item', { id: item, session_id: SESSION, title, kind });
  await house.call('file_motion', {
    id: motion,
    session_id: SESSION,
    item_id: item,
    kind: 'substantive',
    text,
    mover_person_id: former.roll[3].person.id,
  });
}
await house.call('convene_session', { id: SESSION });

/** The seats of the first rows reply now, each with the letters it answers with, one for each motion. */
async function reply(letters) {
  for (const [n, keys] of letters.entries()) {
    const before = (await live()).written.seats[n].replies.length;
    await page.locator('.roll tbody tr').nth(n).focus();
    await press('Enter');
    await asked('Respuesta por escrito');
    await page.waitForFunction(() => document.activeElement?.matches('.motion button'));
    await press(...keys);
    await house.many(dialog().locator('.motion [aria-pressed="true"]'), keys.length);
    await press('Control+Enter');
    await until((view) => view.written.seats[n].replies.length === before + 1, `the reply of row ${n}`);
    await gone();
  }
}
const byHalves = (...keys) => Array.from({ length: 10 }, (_, n) => keys.map((each) => each[n % 2]));
const result = (text) => page.locator('.panel section', { hasText: text });

test('the replies come by keyboard, and Hoy says that the session is under way', async () => {
  await at(house, oclock('08:10'));
  await house.restart(PLACE);
  await press('Control+Enter');
  await asked('Abrir la sesión por escrito');
  await press('Control+Enter');
  await until((view) => view.written?.state === 'running');
  await gone();
  await reply(byHalves('fc', 'fc'));
  assert.deepEqual((await live()).votes, []);
  await at(house, oclock('16:30'));
  await house.restart('/');
  await says('Sesión n.º 1 de 2026 está en curso.');
  assert.deepEqual(await house.inBothThemes('hoy-por-escrito'), []);
  await press('Control+Enter');
  await says('Se responde hasta el 26 mar 2026, 17:00');
});

test('the term over, each tie says what the rules do with it, in the order of the agenda', async () => {
  await at(house, oclock('17:05'));
  await house.restart(PLACE);
  await press('Control+Enter');
  await asked('Cerrar las respuestas');
  await press('Control+Enter');
  await until((view) => view.written.state === 'closed');
  await gone();
  await result('Reformar el artículo 14').getByText('Empate: se repite').waitFor();
  await result('Celebrar el foro').getByText('Empate, por dirimir').waitFor();
  assert.match(await page.locator('.panel section').first().innerText(), /Reformar/);
  assert.deepEqual(await house.inBothThemes('por-escrito-empates'), []);
});

test('whoever presides replied, and settles the tie that is theirs', async () => {
  const casting = page.getByRole('group', { name: 'Voto dirimente' });
  await casting.getByText(/^Hay empate\. Lo dirime quien presidía: Ana Eugenia/).waitFor();
  await at(house, oclock('17:10'));
  await casting.getByRole('button', { name: 'A favor' }).press('Enter');
  await page.getByRole('alertdialog', { name: 'Dirimir el empate a favor' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await until((view) => view.votes.some((vote) => vote.casting_vote?.value === 'for'));
  await result('Celebrar el foro').getByText('Aprobada', { exact: true }).waitFor();
  assert.equal(await casting.count(), 0);
});

test('the other is repeated in a term of its own, on its motion alone', async () => {
  await at(house, oclock('17:30'));
  await house.restart(PLACE);

  await enter('Abrir la segunda vuelta…');
  await asked('Abrir la segunda vuelta');
  await dialog()
    .getByRole('spinbutton', { name: /^A las/ })
    .first()
    .focus();
  await page.keyboard.type('2000');
  await dialog().getByLabel('Razón, que se imprime').focus();
  await page.keyboard.type('La primera votación se empató');
  assert.deepEqual(await house.inBothThemes('por-escrito-segunda-ronda'), []);
  await press('Control+Enter');
  await until((view) => view.written.terms.length === 2);
  await gone();
  assert.deepEqual((await live()).written.motion_ids, ['mot-1']);
  // Nobody has replied in it yet.
  const first = page.locator('.roll tbody tr').first();
  await first.getByText('Sin respuesta').waitFor();
  await reply(byHalves('fc'));
  await first.getByText('26 mar 2026, 17:30').waitFor();
  await at(house, oclock('20:05'));
  await house.restart(PLACE);
  await press('Control+Enter');
  await asked('Cerrar las respuestas');
  await press('Control+Enter');
  await until((view) => view.votes.length === 3 && view.written.state === 'closed');
  await gone();
  await result('Reformar el artículo 14').getByText('Negada', { exact: true }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Abrir la segunda vuelta…' }).count(), 0);
  assert.deepEqual(await house.inBothThemes('por-escrito-repetida'), []);
});

test('the minutes tell both ties, each with its norm', async () => {
  await at(house, oclock('20:10'));
  await house.restart(PLACE);
  await adjourn(house);
  await gone();
  await house.go(MINUTES);
  await page.locator('.page canvas').first().waitFor();
  await assertPrinted(house, [
    'Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. En ejercicio del voto dirimente (Acuerdo 001 de 2025, art. 11), la presidenta votó a favor. La moción fue aprobada.',
    'Se declaró el empate: cinco (5) votos a favor y cinco (5) en contra. Se dispuso repetir la votación.',
    'Para repetir la votación empatada, a las 5:30 p. m. se abrió un nuevo plazo para responder, hasta las 8:00 p. m.',
    'Repetida la votación, subsistió el empate y la moción no fue aprobada (Acuerdo 001 de 2025, art. 11).',
    'Contadas las respuestas, se levantó la sesión a las 8:10 p. m.',
  ]);
  assert.deepEqual(house.complaints, []);
});
