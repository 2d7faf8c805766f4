// Sesionar, by the keyboard alone: a tie, a show of hands and a consensus.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, houseWithSession, LIVE, motionsShown, openWith, putToVote, recordOf } from './session.mjs';

const house = await houseWithSession();
const { page, press, typeInDialog: type, says, asked } = house;
await openWith(house, 10);
await begin(house, '08:40', 'it-varios');
await house.go(LIVE);

const { live, until } = recordOf(house);

test('a tie is settled by the chair', async () => {
  await putToVote(house, 'Sesionar de nuevo en mayo');
  await press('f', 'c', 'f', 'c', 'f', 'c', 'f', 'c', 'f', 'c');
  await until((view) => view.ballots.filter((one) => one.vote_id === view.course.open_vote_id).length === 10);
  await press('Control+Enter');
  await asked('Cerrar la votación');
  await press('Control+Enter');
  await says('Voto dirimente de la presidencia');
  // One state: the vote and its motion say the same.
  assert.equal(await page.getByText('Empate, por dirimir', { exact: true }).count(), 2);
  assert.equal(await page.getByText('Negada', { exact: true }).count(), 0);
  await page.getByRole('group', { name: 'Voto dirimente' }).getByRole('button', { name: 'A favor' }).focus();
  await press('Enter');
  await until((view) => view.votes.some((vote) => vote.casting_vote?.value === 'for'));
});

test('a counted vote and consensus', async () => {
  for (const [n, method] of [
    [2, 'Mano alzada'],
    [3, 'Por consenso'],
  ]) {
    await press('F3');
    await type(`Moción por otra vía ${n}`);
    await press('Control+Enter');
    await until((view) => view.motions.length === n);
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
