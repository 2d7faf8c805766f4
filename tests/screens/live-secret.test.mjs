// Sesionar, by the keyboard alone: a secret vote, recorded once, and a consensus with objections.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  at,
  begin,
  houseWithSession,
  LIVE,
  motionsShown,
  oclock,
  openWith,
  recordOf,
  underRules,
  voting,
} from './session.mjs';

const house = await houseWithSession();
const { page, press, typeInDialog: type, says, asked, inMenu } = house;
await underRules(house, (rules) => ({
  ...rules,
  rules: rules.rules.map((one) => ({
    ...one,
    consensus_first: one.id === rules.default_rule_id,
  })),
}));
await openWith(house, 11);
await begin(house, '08:40', 'it-varios');
await house.go(LIVE);
const { live, until } = recordOf(house);

/** Files a motion and asks how it is voted. */
async function file(text) {
  await press('F3');
  await type(text);
  await press('Control+Enter');
  await until((view) => view.motions.some((one) => one.text === text));
  await motionsShown(house);
  await press('F4');
  await asked('Abrir votación');
}
async function choose(method) {
  await page.getByLabel('Forma de votar').focus();
  await press('Enter');
  await page.getByRole('option', { name: method }).waitFor();
  await page.keyboard.type(method);
  await press('Enter');
}
/** Says why the consensus that the rules seek first is not sought. */
async function because(reason) {
  const field = page.getByRole('textbox', { name: 'Razón para continuar' });
  await field.focus();
  await page.keyboard.type(reason);
}
/** The consensus: several votes of one instant have no order. */
const sought = (view) => view.votes.find((one) => one.method === 'consensus');
const marked = () => page.locator('.roll [role="checkbox"][aria-checked="true"]').count();

test('a secret vote marks who voted and takes the totals once; nothing is kept before it closes', async () => {
  await file('Elegir la sede del foro');
  await choose('Votación secreta');
  await because('Se eligen personas');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await says('Hasta cerrar no se guarda nada');
  await house.until(async () => (await marked()) === 11, 'all who may vote are marked');
  await says('Se presume que votan los 11 presentes');
  // A letter of a vote does nothing here, and says why.
  await press('f');
  await page.locator('.notice', { hasText: 'La votación es secreta' }).waitFor();
  await press('3', 'v');
  await house.until(async () => (await marked()) === 10, 'the third is taken off');
  await says('Votan 10 de los 11 presentes');
  // Closed with nothing typed, it asks for the totals, and there are the keys.
  await press('Control+Enter');
  await says('Escriba los totales del escrutinio');
  await page.waitForFunction(() => document.activeElement?.closest('.hands'));
  await page.keyboard.type('6');
  await press('Tab');
  await page.keyboard.type('2');
  await press('Tab');
  await page.keyboard.type('1');
  assert.deepEqual(await house.inBothThemes('votacion-secreta'), []);
  // Nine papers of ten who voted: it is told beside the totals as they are typed, and closing is not offered.
  await page.locator('.hands', { hasText: 'Suman 9 de 10' }).waitFor();
  await press('Control+Enter');
  await house.quiet();
  assert.equal(await page.locator('.dialog').count(), 0);
  const before = await live();
  assert.equal(before.course.open_vote_id, before.votes[0].id);
  assert.deepEqual([before.votes[0].counted, before.votes[0].participant_seat_ids], [null, []]);
  assert.deepEqual(await house.call('list_drafts', {}), []);
  await page.waitForFunction(() => document.activeElement?.closest('.hands'));
  await page.locator('.hands input').last().focus();
  await press('Control+a');
  await page.keyboard.type('2');
  await page.locator('.hands', { hasText: 'Suman 10 de 10' }).waitFor();
  await press('Enter');
  await asked('Cerrar la votación');
  assert.deepEqual(await house.inBothThemes('votacion-secreta-cerrar'), []);
  await press('Control+Enter');
  await until((view) => view.votes[0].status === 'closed');
  const { votes, ballots, roll } = await live();
  assert.deepEqual(votes[0].counted, { for: 6, against: 2, abstain: 2 });
  assert.deepEqual(
    votes[0].participant_seat_ids,
    roll.slice(0, 11).flatMap((row, i) => (i === 2 ? [] : [row.seat_id])),
  );
  assert.deepEqual(ballots, []);
  await page.getByText('Votaron 10 puestos').press('Enter');
  await page.locator('details p', { hasText: roll[0].entity }).first().waitFor();
  assert.deepEqual(await house.inBothThemes('votacion-secreta-resultado'), []);
  const { course } = await house.call('explain_vote', { vote_id: votes[0].id });
  assert.deepEqual([course.in_favour, course.not_voted], [6, [roll[2].seat_id]]);
});

test('what was typed of a secret vote is gone after a power cut; a seat that leaves is no longer marked', async () => {
  await at(house, oclock('08:45'));
  await file('Elegir a quien coordina la mesa');
  await choose('Votación secreta');
  await because('Se eligen personas');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await press('5', 'v');
  await page.locator('.hands input').first().fill('7');
  await house.restart(LIVE);
  await house.until(async () => (await marked()) === 11, 'all are marked again');
  assert.equal(await page.locator('.hands input').first().inputValue(), '');
  await page
    .locator('tr', { hasText: (await live()).roll[10].person.full_name })
    .first()
    .focus();
  await press('1', '1', 'Space');
  await house.until(async () => (await marked()) === 10, 'who left is not marked');
  // Having voted before leaving, it is marked again.
  await press('v');
  await house.until(async () => (await marked()) === 11);
  await press('v');
  await page.locator('.hands input').first().fill('10');
  await page.locator('.hands input').first().press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await until((view) => view.votes.every((one) => one.status === 'closed'));
  assert.equal((await live()).votes.filter((one) => one.participant_seat_ids.length === 10).length, 2);
});

test('consensus is sought first; who objects says why; then the majority of the rules decides', async () => {
  await at(house, oclock('08:50'));
  await file('Celebrar el foro en octubre');
  await says('El reglamento busca primero el consenso');
  assert.match(await page.getByLabel('Forma de votar').innerText(), /Por consenso/);
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  await voting(page);
  await press('4', 'c');
  await asked('Objeción al consenso');
  await press('Control+Enter');
  await says('Falta el texto');
  await type('Falta el concepto');
  await press('Control+Enter');
  await until((view) => view.ballots.some((one) => one.value === 'against'));
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await says('No hay consenso: 1 objeción');
  await page.locator('.panel li', { hasText: 'Falta el concepto' }).waitFor();
  // Withdrawn with the letter of who agrees, and made again.
  await page.locator('.roll tr[tabindex="0"]').focus();
  await press('4', 'f');
  await until((view) => view.ballots.length === 0);
  await press('4', 'c');
  await type('Falta el concepto jurídico.');
  await press('Control+Enter');
  await until((view) => sought(view).explanations[0]?.text === 'Falta el concepto jurídico.');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  await page.getByRole('button', { name: /^Corregir o retirar la objeción/ }).press('Enter');
  await inMenu('Corregir la razón…');
  await asked('Objeción al consenso');
  await page.waitForFunction(() => document.querySelector('.dialog textarea')?.value === 'Falta el concepto jurídico.');
  await press('End');
  await page.keyboard.type(' Se pidió en marzo.');
  await press('Control+Enter');
  await until((view) => sought(view).explanations[0]?.text.endsWith('marzo.'));
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  assert.deepEqual(await house.inBothThemes('consenso'), []);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await says('queda asentado que no hubo consenso');
  assert.deepEqual(await house.inBothThemes('consenso-cerrar'), []);
  await press('Control+Enter');
  await until((view) => sought(view).status === 'closed');
  await page.getByRole('button', { name: 'Votar por mayoría…' }).press('Enter');
  await asked('Abrir votación');
  await says('la decide la misma mayoría');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await until((view) => view.votes.length === 4);
  const { votes } = await live();
  const failed = sought({ votes });
  const majority = votes.find((one) => one.previous_vote_id !== null);
  assert.deepEqual([majority?.previous_vote_id, majority.method, majority.round], [failed.id, 'roll_call', 1]);
  await house.call('annul_vote', {
    vote_id: majority.id,
    reason: 'Se continuó otro día',
  });
  await house.call('settle_motion', {
    motion_id: failed.motion_id,
    status: 'withdrawn',
  });
});

test('in a low window and in English both forms hold', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.prefer({ language: 'en' });
  await house.call('file_motion', {
    id: 'mot-low',
    session_id: 'ses-viva',
    kind: 'substantive',
    text: 'Hold a forum',
  });
  for (const method of ['secret', 'consensus']) {
    const { vote } = await house.call('open_vote', {
      session_id: 'ses-viva',
      motion_id: 'mot-low',
      overrides: [{ check: 'consensus:mot-low', reason: 'People are elected' }],
      method,
    });
    if (method === 'consensus')
      await house.call('record_objection', {
        vote_id: vote.id,
        seat_id: (await live()).roll[1].seat_id,
        reason: 'The budget is not known yet.',
      });
    await house.restart(LIVE);
    assert.deepEqual(await house.inBothThemes(`low-${method}`), []);
    const spills = await page
      .locator('aside, .side')
      .first()
      .evaluate((one) => one.scrollWidth - one.clientWidth);
    assert.ok(spills <= 0, `${method} spills ${spills}px`);
    await house.call('annul_vote', { vote_id: vote.id, reason: 'Tried' });
  }
  await house.prefer({ language: 'es' });
  await page.setViewportSize({ width: 1366, height: 768 });
  assert.deepEqual(house.complaints, []);
});
