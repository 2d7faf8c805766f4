// Sesionar when too few come: the wait, the second call that a registered norm allows, and the lack declared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { at, convene, CONVENED, LIVE, oclock, openWith, recordOf, SESSION, underRules } from './session.mjs';

const house = await houseOfStories({ now: CONVENED });
const { page, press, enter, inMenu, asked, says } = house;
const { live, until } = recordOf(house);
await underRules(house, (rules) => ({
  ...rules,
  second_call: { allowed: true, quorum: { kind: 'fixed', value: 6 }, article: '8' },
}));
await convene(house);
await openWith(house, 7);
await house.go(LIVE);

const entry = page.getByRole('menuitem', { name: 'Hacer la segunda convocatoria' });

test('before the wait is over it is declared only with its reason, which is asked at once', async () => {
  await press('F7');
  await says('No se reúne el quórum.');
  await press('Alt+d');
  await asked('Declarar la falta de quórum');
  const confirm = page.getByRole('button', { name: 'Declarar antes de las 08:30' });
  assert.equal(await confirm.getAttribute('aria-disabled'), 'true');
  await press('Control+Enter');
  await house.inField('Por qué se declara antes de las 08:30');
  await says('Escriba por qué se declara antes de que termine la espera.');
  await page.keyboard.type('La presidencia informa que no llega nadie más.');
  assert.deepEqual(await house.inBothThemes('sesionar-declarar-antes'), []);
  await press('Control+Enter');
  await until((view) => view.course.no_quorum_at !== null);
  await says(/La falta de quórum se declaró a las 08:/);
  await enter('Cronología', { exact: true });
  await page.locator('.log').getByText('La presidencia informa que no llega nadie más.').waitFor();
  await press('Control+z');
  await until((view) => view.course.no_quorum_at === null);
  await enter('Punto', { exact: true });
});

test('it waits for the hour of the norm: before it, the menu says from when', async () => {
  assert.equal((await live()).course.quorum.met, false);
  await says('No se reúne el quórum.');
  assert.deepEqual(await house.inBothThemes('sesionar-no-se-reune'), []);
  await press('Alt+e');
  await until((view) => view.course.waiting_since !== null);
  await says(/Espera de quórum hasta las 08:3/);
  await enter('Más acciones');
  await entry.waitFor();
  assert.equal(await entry.getAttribute('aria-disabled'), 'true');
  await entry.getByText(/Procede desde las 08:3/).waitFor();
  assert.deepEqual(await house.inBothThemes('sesionar-sin-quorum'), []);
  await press('Escape');
});

test('made after the wait, it lowers the quorum: the ledger says so; undo takes it back', async () => {
  await at(house, oclock('08:36'));
  await house.restart(LIVE);
  await says(/Se cumplió la espera, a las 08:3/);
  assert.deepEqual(await house.inBothThemes('sesionar-espera-cumplida'), []);
  await press('Alt+s');
  await until((view) => view.course.quorum.met);
  const line = (await live()).course.ledger.at(-1);
  assert.deepEqual([line.kind, line.verdict.need, line.verdict.met], ['second_call', 6, true]);
  await enter('Quórum', { exact: true });
  await page.getByRole('row').filter({ hasText: 'Segunda convocatoria' }).first().waitFor();
  await enter('Más acciones');
  await page.getByRole('menuitem', { name: 'Verificar quórum' }).waitFor();
  assert.equal(await entry.count(), 0, 'it is made once');
  await press('Escape');
  await press('Control+z');
  await until((view) => !view.course.quorum.met);
  await enter('Más acciones');
  await entry.waitFor();
  await press('Escape');
});

test('without it the lack of quorum is declared, and the session ends as not held', async () => {
  await press('Alt+d');
  await asked('Declarar la falta de quórum');
  assert.deepEqual(await house.inBothThemes('sesionar-declarar-falta'), []);
  await press('Control+Enter');
  await until((view) => view.course.no_quorum_at !== null);
  await says(/La falta de quórum se declaró a las 08:3/);
  await enter('Más acciones');
  await page.getByRole('menuitem', { name: 'Verificar quórum' }).waitFor();
  assert.equal(await entry.count(), 0, 'it comes before the lack is declared');
  await press('Escape');
  assert.equal((await live()).session.id, SESSION);
});

test('in English, at the smallest window', async () => {
  await press('Control+z');
  await until((view) => view.course.no_quorum_at === null);
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(LIVE);
  await enter('More actions');
  await page.getByRole('menuitem', { name: 'Make the second call' }).waitFor();
  assert.deepEqual(await house.violations(), []);
  await press('Escape');
  assert.deepEqual(house.complaints, []);
});
