// A proposal by keyboard on the real core: drafted, filled in, filed though incomplete; what a power cut leaves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page, until } = house;
const field = (path) => page.locator(`[data-field="${path}"]`);
const proposal = async (id) => (await house.call('get_proposal', { id })).proposal;
const idHere = () => decodeURIComponent(page.url().split('/propuestas/')[1].split('?')[0]);

test('a proposal is drafted, filled in by keyboard, filed though incomplete, and the filing undone', async () => {
  await house.go('/propuestas');
  await page.keyboard.press('Control+n');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.keyboard.type('Corredores verdes con Montreal');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ambiente');
  await page.getByRole('option', { name: /Secretaría Distrital de Ambiente/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Crear borrador' }).press('Enter');

  await page.getByText(/Faltan \d+ datos/).waitFor();
  const id = idHere();
  assert.equal((await proposal(id)).proponent_entity_id, 'ent-sda');

  // What lacks leads to its field.
  await page.getByRole('button', { name: 'Problema', exact: true }).press('Enter');
  await page.keyboard.type('Faltan árboles en las avenidas.');
  await page.keyboard.press('Tab');
  await until(
    async () => (await proposal(id)).profile.problem === 'Faltan árboles en las avenidas.',
    'the problem is kept',
  );
  await page.getByRole('button', { name: 'Problema', exact: true }).waitFor({ state: 'detached' });

  // Two fields left one right after the other: neither is lost, though both live in one part of the profile.
  await field('objectives.general').locator('textarea').fill('Plantar mil árboles.');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Escoger las especies.');
  await page.keyboard.press('Tab');
  await until(
    async () => JSON.stringify((await proposal(id)).profile.objectives)?.includes('Escoger las especies.') === true,
    'the specific objective is kept',
  );
  assert.equal((await proposal(id)).profile.objectives.general, 'Plantar mil árboles.');

  // A choice of several.
  await field('modality_ids').locator('input').focus();
  await page.keyboard.type('sur');
  await page.getByRole('option', { name: /Sur-Sur/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until(async () => (await proposal(id)).profile.modality_ids?.length === 1, 'the modality is kept');

  // A line of the budget, whose total the core adds up.
  await field('budget.lines').getByRole('button', { name: 'Agregar línea' }).press('Enter');
  await page.keyboard.type('Árboles');
  await page.keyboard.press('Tab');
  await field('budget.lines.0.amount').locator('input').fill('150.000.000');
  await page.keyboard.press('Tab');
  await field('budget.lines').getByText('$ 150.000.000').first().waitFor();
  assert.equal((await proposal(id)).profile.budget.total, 150000000);

  // What the core refuses is said at the field, and stays in it.
  await field('title').locator('textarea').fill('');
  await page.keyboard.press('Tab');
  await field('title').locator('.error').waitFor();
  await field('title').locator('textarea').fill('Corredores verdes');
  await page.keyboard.press('Tab');
  await until(async () => (await proposal(id)).title === 'Corredores verdes', 'the title is kept');

  // Wherever the focus is.
  await page.getByRole('tab', { name: /Anexos/ }).focus();
  await page.keyboard.press('Control+Enter');
  await page.getByText(/La ficha está incompleta/).waitFor();
  // What it lacks is in sight, and the confirming key goes to it.
  await house.asked('La ficha está incompleta');
  await page.keyboard.press('Control+Enter');
  await house.inField('Por qué se recibe incompleta');
  await page.getByText('Escriba por qué se recibe incompleta').first().waitFor();
  const place = await page.getByLabel('Por qué se recibe incompleta').boundingBox();
  assert.ok(place.y + place.height < 768, `the reason is in sight: ${JSON.stringify(place)}`);
  assert.deepEqual(await house.inBothThemes('propuesta-radicar'), []);
  await page.getByLabel('Por qué se recibe incompleta').fill('La entidad la completará en estudio.');
  await page.getByRole('dialog').getByRole('button', { name: 'Radicar', exact: true }).press('Enter');
  await page.getByText('Radicado interno 1 de 2025').waitFor();
  await page.waitForFunction(() => document.activeElement !== document.body);
  assert.equal((await proposal(id)).status, 'filed');
  await page.getByRole('button', { name: 'Deshacer' }).press('Enter');
  await page.getByText('Se guarda al salir de cada campo.').waitFor();
  assert.equal((await proposal(id)).status, 'draft');
});

test('what was being typed when the power went is in the field again', async () => {
  const made = await house.call('create_proposal', {
    body_id: 'body-comision',
    title: 'Con luz y sin luz',
  });
  await house.go(`/propuestas/${made.id}`);
  await field('summary').locator('textarea').pressSequentially('Un resumen a medias');
  await until(
    async () =>
      (await house.call('list_drafts', { prefix: `proposal/${made.id}/` }))[0]?.text === 'Un resumen a medias',
    'the draft is kept',
  );
  await house.restart(`/propuestas/${made.id}`);
  assert.equal(await field('summary').locator('textarea').inputValue(), 'Un resumen a medias');
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
