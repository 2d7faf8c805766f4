// Sesionar: whom to expect before it is opened; the delegate whom a seat announced answers the roll; seats by number; a tie that goes to a second round.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import {
  begin,
  convene,
  CONVENED,
  LIVE,
  openWith,
  putToVote,
  recordOf,
  SESSION,
  underRules,
  voting,
} from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, asked, inMenu } = house;
const { live, until } = recordOf(house);
await underRules(house, (rules) => ({
  ...rules,
  rules: rules.rules.map((one) => ({ ...one, tie: 'second_round' })),
}));
// A seat of no entity: its title is all that says whose it is.
await house.call('put_seat', {
  body_id: 'body-comision',
  role: 'member',
  title: 'Representación de las universidades de Bogotá',
  vote: false,
});
await convene(house);
const SEAT = 11;
const before = (await live()).roll[SEAT];
const { id: delegate } = await house.call('put_person', {
  full_name: "Nuria D'Ors-Muñoz de los Llanos",
  level: 'directive',
});
const act = await house.call('record_delegation', {
  seat_id: before.seat_id,
  delegate_id: delegate,
  act: {
    kind: 'letter',
    number: '2026-0015',
    date: '2026-02-09',
    name: null,
    fictitious: false,
    file: null,
    blob_id: null,
  },
  session_ids: [SESSION],
});
await house.call('set_confirmation', {
  session_id: SESSION,
  seat_id: before.seat_id,
  answer: 'will_delegate',
  person_id: delegate,
  delegation_id: act.id,
});
await house.call('set_confirmation', {
  session_id: SESSION,
  seat_id: (await live()).roll[0].seat_id,
  answer: 'will_attend',
});
await house.call('set_confirmation', {
  session_id: SESSION,
  seat_id: (await live()).roll[1].seat_id,
  answer: 'excused',
  text: 'Comisión de servicios',
  in_writing: true,
});

test('before the opening the roll tells what each seat answered: nobody is absent yet', async () => {
  await house.go(LIVE);
  const seats = (await house.call('expected_quorum', { session_id: SESSION })).seats;
  for (const [i, words] of [
    [0, 'asistirá'],
    [1, 'se excusó'],
    [2, 'sin respuesta'],
  ]) {
    assert.equal(seats[i].answer_text.es, words);
    await page
      .getByRole('row')
      .nth(i + 1)
      .getByText(words, { exact: false })
      .first()
      .waitFor();
  }
  assert.equal(await page.getByRole('row').getByText('Ausente').count(), 0);
  assert.equal(await page.getByText('Sin quórum').count(), 0);
  await page.getByText('No alcanza').waitFor();
  // A seat of no entity says its title.
  await page.getByRole('row').last().getByText('Representación de las universidades').waitFor();
  assert.deepEqual(await house.inBothThemes('sesionar-por-instalar'), []);
  await openWith(house, 9);
  await house.go(LIVE);
  await page.getByRole('row').nth(17).getByText('Sin responder').waitFor();
});

test('the space bar records who is read in the roll: the delegate, not the holder', async () => {
  await page.getByRole('row').filter({ hasText: "Nuria D'Ors-Muñoz" }).click();
  await press('Space');
  await until((view) => view.roll[SEAT].inside);
  const { person, capacity } = (await live()).roll[SEAT];
  assert.deepEqual([person.id, capacity], [delegate, 'delegate']);
});

test('a roll answer is corrected: it was the holder who answered, and then again the delegate', async () => {
  const answer = async () => (await live()).events.findLast((one) => one.kind === 'roll_answer');
  for (const [name, person, capacity] of [
    [before.person.full_name, before.person.id, 'holder'],
    ["Nuria D'Ors-Muñoz de los Llanos", delegate, 'delegate'],
  ]) {
    await house.enter('Cronología');
    await page.locator('.log li').first().getByRole('button').focus();
    await press('Enter');
    await inMenu('Corregir…');
    await asked('Corregir el hecho');
    const who = page.locator('.dialog').getByRole('combobox', { name: 'Quién' });
    await who.focus();
    await page.keyboard.type(name);
    await page.getByRole('option', { name }).first().waitFor();
    if (capacity === 'delegate') {
      await page
        .getByRole('option')
        .first()
        .getByText(/Delegación/)
        .waitFor();
      assert.deepEqual(await house.inBothThemes('sesionar-corregir-quien'), []);
    }
    await press('ArrowDown', 'Enter');
    await page.locator('.dialog').getByRole('textbox', { name: 'Razón de la corrección' }).focus();
    await page.keyboard.type('Se anotó mal.');
    await press('Control+Enter');
    await page.locator('.dialog').waitFor({ state: 'detached' });
    await until((view) => view.roll[SEAT].person.id === person && view.roll[SEAT].capacity === capacity);
  }
  assert.equal((await answer()).corrections.length, 2);
});

/** The ballots of the vote under way, as "seat's number, choice", in the order in which they were cast. */
const cast = async () => {
  const { roll, ballots, course } = await live();
  return ballots
    .filter((one) => one.vote_id === course.open_vote_id)
    .map((one) => [roll.find((row) => row.seat_id === one.seat_id).number, one.value])
    .sort(([a], [b]) => a - b);
};

test('the number of a seat typed after another is another seat', async () => {
  await begin(house, '08:40', 'it-varios');
  await house.restart(LIVE);
  await putToVote(house, 'Sesionar de nuevo en mayo');
  // No time passes for the page between these keys, as when they are typed in one go.
  await press('3', 'f', '5', 'c');
  await until((view) => view.ballots.length === 2);
  assert.deepEqual(await cast(), [
    [3, 'for'],
    [5, 'against'],
  ]);
});

test('the second round begins with the first seat', async () => {
  await house.restart(LIVE);
  await voting(page);
  // The seats that have not voted, in the order of the roll: five for and five against in all.
  await press('f', 'c', 'f', 'c', 'f', 'c', 'f', 'c');
  await until((view) => view.ballots.length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  const again = page.getByRole('button', { name: 'Abrir la segunda vuelta' });
  await again.waitFor();
  await page.getByRole('row').nth(5).click();
  await again.focus();
  await press('Enter');
  await until((view) => view.votes.length === 2 && view.course.open_vote_id !== null);
  await page.waitForFunction(() => document.activeElement?.matches('tr[data-index="0"]'));
  await press('f', 'c');
  await until((view) => view.ballots.length === 12);
  assert.deepEqual(await cast(), [
    [1, 'for'],
    [2, 'against'],
  ]);
});
