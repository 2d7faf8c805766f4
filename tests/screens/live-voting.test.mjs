// Sesionar, by the keyboard alone: a tie, a show of hands and a consensus; excuses, recusals and interventions half written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, houseWithSession, LIVE, motionsShown, openWith, putToVote, recordOf } from './session.mjs';

const house = await houseWithSession();
const { page, press, typeInDialog: type, says, asked, inMenu } = house;
await openWith(house, 10);
await begin(house, '08:40', 'it-varios');
await house.go(LIVE);

const { live, until } = recordOf(house);

test('a tie is settled by the chair', async () => {
  await putToVote(house, 'Sesionar de nuevo en mayo');
  await press('f', 'c', 'f', 'c', 'f', 'c', 'f', 'c', 'f', 'c');
  await until((view) => view.ballots.filter((one) => one.vote_id === view.course.open_vote_id).length === 10);
  // Typed again on a seat that voted, its vote changes, and that is told; and back, however fast.
  const first = (view) => view.ballots.find((one) => one.seat_id === view.roll[0].seat_id)?.value;
  const was = first(await live());
  const [other, back] = was === 'for' ? ['c', 'f'] : ['f', 'c'];
  await press('1', other);
  await page
    .locator('.notice', { hasText: /Voto de .* cambiado: / })
    .first()
    .waitFor();
  await until((view) => first(view) !== was);
  assert.equal((await house.call('list_journal', { limit: 1 }))[0].op, 'change_ballot');
  await press(back, other, back);
  await until((view) => first(view) === was);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await says('Voto dirimente de la presidencia');
  // One state: the vote and its motion say the same.
  await house.until(async () => (await page.getByText('Empate, por dirimir', { exact: true }).count()) === 2);
  assert.equal(await page.getByText('Negada', { exact: true }).count(), 0);
  // Its card has the keys: each letter asks before it settles, and Esc leaves it as it was.
  const card = page.getByRole('group', { name: 'Voto dirimente' });
  await house.until(() => card.evaluate((one) => one === document.activeElement), 'the casting vote has the keys');
  assert.deepEqual(await house.inBothThemes('voto-dirimente'), []);
  await press('c');
  await asked('Dirimir el empate en contra');
  await press('Escape');
  await house.until(() => card.evaluate((one) => one === document.activeElement), 'it has them again');
  await press('f');
  await asked('Dirimir el empate a favor');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await until((view) => view.votes.some((vote) => vote.casting_vote?.value === 'for'));
  // Who voted what stays at hand.
  await page.getByText('Voto de cada puesto').press('Enter');
  const said = page.locator('details li');
  await said.first().waitFor();
  await house.many(said, 10);
  await house.many(said.filter({ hasText: 'En contra' }), 5);
  assert.deepEqual(await house.inBothThemes('voto-de-cada-puesto'), []);
});

test('before a vote is opened it says what each majority asks, and the one chosen settles it', async () => {
  await press('F3');
  await type('Celebrar el foro de abril');
  await press('Control+Enter');
  await until((view) => view.motions.length === 2);
  await motionsShown(house);
  const motion = (await live()).motions.find((one) => one.text === 'Celebrar el foro de abril');
  const { rule_id, choices } = (await live()).motions_rules.find((one) => one.motion_id === motion.id);
  const other = choices.find((one) => one.rule_id !== rule_id && one.text.es !== choices[0].text.es) ?? choices.at(-1);
  await press('F4');
  await asked('Forma de votar');
  const box = page.getByRole('combobox', { name: 'Mayoría' });
  const told = () =>
    box.evaluate((one) => document.getElementById(one.getAttribute('aria-describedby'))?.textContent ?? '');
  assert.equal(await told(), choices.find((one) => one.rule_id === rule_id).text.es);
  await page.getByText('Mayoría: la que pide el asunto', { exact: true }).waitFor();
  // Its name is whole.
  assert.ok(await box.evaluate((one) => one.firstElementChild.scrollWidth <= one.firstElementChild.clientWidth));
  assert.deepEqual(await house.inBothThemes('abrir-votacion'), []);
  await box.focus();
  await press('Enter');
  await page.getByRole('option', { name: other.name }).waitFor();
  await page.keyboard.type(other.name.slice(0, 12));
  await press('Enter');
  await page.locator('.dialog .help', { hasText: other.text.es }).waitFor();
  // The matter asks for another: it is gone past with its reason.
  await page.locator('.dialog', { hasText: 'El asunto pide otra mayoría' }).waitFor();
  assert.deepEqual(await house.inBothThemes('votar-otra-mayoria'), []);
  await page.locator('.dialog').getByRole('textbox', { name: 'Razón para continuar' }).focus();
  await page.keyboard.type('Lo pidió la presidencia');
  await press('Control+Enter');
  await until((view) => view.course.open_vote_id !== null);
  const { vote_id } = (await live()).course.votes.at(-1);
  assert.equal((await live()).votes.find((one) => one.id === vote_id).rule_id, other.rule_id);
  await house.call('annul_vote', {
    vote_id,
    reason: 'Se abrió para ver lo que pide',
  });
  await house.call('settle_motion', {
    motion_id: motion.id,
    status: 'withdrawn',
  });
  await house.restart(LIVE);
});

test('a counted vote and consensus', async () => {
  for (const [n, method] of [
    [2, 'Mano alzada'],
    [3, 'Por consenso'],
  ]) {
    await press('F3');
    await type(`Moción por otra vía ${n}`);
    await press('Control+Enter');
    await until((view) => view.motions.length === n + 1);
    await motionsShown(house);
    await press('F4');
    await asked('Forma de votar');
    await page.getByLabel('Forma de votar').focus();
    await press('Enter');
    await page.getByRole('option', { name: method }).waitFor();
    await type(method.slice(0, 4));
    await press('Enter');
    await press('Control+Enter');
    await until((view) => view.course.open_vote_id !== null);
    const opened = (await live()).course.open_vote_id;
    if (n === 2) {
      await page.waitForFunction(() => document.activeElement?.closest('.hands'));
      // Nothing counted: it is not closed, and the keys are where the count is typed.
      await press('Control+Enter');
      await says('Escriba cuántas manos se contaron');
      // More hands than people: told beside the count, and still open.
      await page.keyboard.type('1,5');
      await press('Control+Enter');
      await says('Escriba un número entero, sin decimales');
      assert.equal(await page.locator('.dialog').count(), 0);
      await press('Control+a');
      await page.keyboard.type('12');
      await press('Tab');
      await page.keyboard.type('3');
      await press('Control+Enter');
      await page.locator('.hands [role=alert]', { hasText: '15' }).waitFor();
      assert.equal(await page.locator('.dialog').count(), 0);
      assert.deepEqual(await house.inBothThemes('conteo-de-manos'), []);
      const boxes = await page
        .locator('.hands input, .hands button')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
      for (const [i, one] of boxes.entries())
        for (const other of boxes.slice(i + 1))
          assert.ok(
            one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top,
            'boxes of the count overlap',
          );
      await page.locator('.hands input').first().focus();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('6');
      await press('Tab', 'Tab');
      await page.keyboard.type('1');
    }
    // What was typed is recorded by closing, with no step before it.
    await press('Control+Enter');
    await asked('Cerrar la votación');
    if (n === 2) {
      const { counted } = (await live()).votes.find((vote) => vote.id === opened);
      assert.deepEqual(counted, { for: 6, against: 3, abstain: 1 });
    }
    await press('Control+Enter');
    await until((view) => view.course.open_vote_id === null);
    const closed = (await live()).votes.find((vote) => vote.id === opened);
    assert.equal(closed.verdict.result, 'approved');
  }
  assert.deepEqual(house.complaints, []);
});

/** Waits until what the core keeps as drafts holds. */
const kept = (holds) => house.until(async () => holds(await house.call('list_drafts', {})), `drafts: ${holds}`);
const dialog = () => page.locator('.dialog');
const rowHas = (name) =>
  page.waitForFunction(
    (words) => document.activeElement?.matches('tr') && document.activeElement.textContent.includes(words),
    name,
  );

test('an excuse half written is there again after a power cut; recorded, its row has the keys', async () => {
  await house.restart(LIVE);
  const begun = async () => {
    await press('1', '2', 'Enter');
    await inMenu('Presenta excusa…');
    await asked('Excusa');
  };
  await begun();
  await page.keyboard.type('Comisión de servicios en');
  await kept(([one]) => one?.text.includes('Comisión de servicios en'));
  await house.restart(LIVE);
  await begun();
  await page.waitForFunction(() => document.querySelector('.dialog textarea')?.value === 'Comisión de servicios en');
  await dialog()
    .getByText(/^Se recuperó lo que se escribía/)
    .waitFor();
  await page.locator('.dialog textarea').press('End');
  await page.keyboard.type(' Quito');
  await press('Control+Enter');
  await until((view) => view.roll[11].excuse === 'Comisión de servicios en Quito');
  assert.equal((await live()).roll[11].excuse_in_writing, true);
  await kept((all) => all.length === 0);
  await rowHas('Efraín Wenceslao');
});

test('a recusal says what its ground is and who decides it by which norm; left with Esc, its words stay', async () => {
  const begun = async () => {
    await press('3', 'Enter');
    await inMenu('Se declara impedido…');
    await asked('Impedimento');
  };
  await begun();
  const ground = dialog().getByRole('textbox', { name: 'Causal' });
  const told = await ground.evaluate(
    (one) => document.getElementById(one.getAttribute('aria-describedby')).textContent,
  );
  assert.match(told, /interés/);
  const { recusal_decides } = await live();
  await dialog().getByText(recusal_decides.text.es).waitFor();
  await page.keyboard.type('Interés particular y directo');
  assert.deepEqual(await house.inBothThemes('sesionar-impedimento'), []);
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await rowHas('Jerónimo');
  await begun();
  await page.waitForFunction(
    () => document.querySelector('.dialog textarea')?.value === 'Interés particular y directo',
  );
  await press('Control+Enter');
  await until((view) => view.recusals[0]?.ground === 'Interés particular y directo');
  await kept((all) => all.length === 0);
  await rowHas('Jerónimo');
});

test('what an intervention said stays when the power goes', async () => {
  await press('F2');
  await type('zun');
  await says('Lucrecia Inmaculada');
  await press('Tab');
  await page.keyboard.type('Pide los estados financieros');
  await kept(([one]) => one?.text.includes('Pide los estados financieros'));
  await house.restart(LIVE);
  await press('F2');
  await asked('Intervención');
  await page.waitForFunction(
    () => document.querySelectorAll('.dialog input')[1]?.value === 'Pide los estados financieros',
  );
  assert.deepEqual(await house.violations(), []);
  await press('Enter');
  await until((view) => view.course.interventions.length === 1);
  const [speech] = (await live()).course.interventions;
  assert.deepEqual([speech.seat_id, speech.detail], ['com-hacienda', 'Pide los estados financieros']);
  await kept((all) => all.length === 0);
  assert.deepEqual(house.complaints, []);
});
