// Proposals by keyboard on the real core: drafted, filled in, filed, returned, compared; and what is already decided.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openHouse } from './house.mjs';

let house;
let page;
before(async () => {
  house = await openHouse();
  page = house.page;
  page.setDefaultTimeout(15_000);
});
after(() => house.close());

const field = (path) => page.locator(`[data-field="${path}"]`);
const proposal = async (id) => (await house.call('get_proposal', { id })).proposal;
const idHere = () => decodeURIComponent(page.url().split('/propuestas/')[1].split('?')[0]);
/** Waits until the core says so. */
const until = async (what, said) => {
  for (let i = 0; i < 60; i += 1) {
    if (await what()) return;
    await page.waitForTimeout(50);
  }
  assert.fail(said);
};

test('the list is filtered, the filters stay in the address, and it says when nothing meets them', async () => {
  await house.go('/propuestas');
  await page.getByText('12 propuestas').waitFor();
  assert.deepEqual(await house.inBothThemes('propuestas'), []);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('biogas');
  await page.getByText('1 propuesta', { exact: true }).waitFor();
  assert.match(decodeURIComponent(page.url()), /texto=biogas/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('inexistente');
  await page.getByText('Ninguna propuesta cumple los filtros.').waitFor();
  await page.getByRole('button', { name: 'Quitar filtros' }).first().press('Enter');
  await page.getByText('12 propuestas').waitFor();
  await house.go('/propuestas?estado=prioritized');
  await page.getByText('3 propuestas').waitFor();
});

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
    async () => JSON.stringify((await proposal(id)).profile.objectives).includes('Escoger las especies.'),
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
  await field('budget.lines.0.amount').locator('input').fill('150000000');
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

  await page.keyboard.press('Control+Enter');
  await page.getByText(/La ficha está incompleta/).waitFor();
  assert.deepEqual(await house.inBothThemes('propuesta-radicar'), []);
  await page.getByLabel('Por qué se recibe incompleta').fill('La entidad la completará en estudio.');
  await page.getByRole('dialog').getByRole('button', { name: 'Radicar', exact: true }).press('Enter');
  await page.getByText('Radicado interno 1 de 2025').waitFor();
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
    async () => (await house.call('list_drafts', { prefix: `proposal/${made.id}/` })).length === 1,
    'the draft is kept',
  );
  await house.restart(`/propuestas/${made.id}`);
  assert.equal(await field('summary').locator('textarea').inputValue(), 'Un resumen a medias');
});

test('a returned proposal is corrected and filed again; the versions tell what changed', async () => {
  await house.go('/propuestas/pro-12');
  await page.getByText('La ficha está completa.').waitFor();
  assert.deepEqual(await house.inBothThemes('propuesta'), []);
  const filed = async () => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Radicar', exact: true }).press('Enter');
    await page.getByText(/Está radicada/).waitFor();
  };
  await filed();
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Agendar…' }).waitFor();
  await page.getByRole('button', { name: 'Más acciones' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Devolver…' }).press('Enter');
  await page.getByLabel('Razón de la devolución').fill('Precise el alcance.');
  await page.getByRole('dialog').getByRole('button', { name: 'Devolver' }).press('Enter');
  await page.getByText('Devuelta: Precise el alcance.').waitFor();
  await field('problem').locator('textarea').fill('El agua que falta.');
  await page.keyboard.press('Tab');
  await until(async () => (await proposal('pro-12')).profile.problem === 'El agua que falta.', 'the problem is kept');
  await filed();
  await page.getByRole('tab', { name: /Versiones/ }).press('Enter');
  await page.getByText(/^\d+ diferencias?$/).waitFor();
  await page.getByText('El agua que falta.').last().waitFor();
  assert.deepEqual(await house.inBothThemes('propuesta-versiones'), []);
  await page.getByRole('tab', { name: 'Trámite' }).press('Enter');
  await page.getByText('Precise el alcance.').waitFor();
});

test('annexes are dropped, renamed and taken back', async () => {
  await house.go('/propuestas/pro-11?panel=anexos');
  await page.getByText('Los anexos son los que se radicaron.').waitFor();
  const { id } = await house.call('create_proposal', { body_id: 'body-comision', title: 'Con anexos' });
  await house.go(`/propuestas/${id}?panel=anexos`);
  await page
    .getByText(/Sin anexos/)
    .first()
    .waitFor();
  await page.locator('aside input[type="file"]').setInputFiles({
    name: 'carta.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.4 carta'),
  });
  await page.getByRole('button', { name: 'Abrir carta' }).waitFor();
  await page.getByRole('button', { name: 'Acciones de carta' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Cambiar título y clase…' }).press('Enter');
  assert.deepEqual(await house.violations(), []);
  await page.getByRole('dialog').getByLabel('Título').fill('Carta de intención');
  await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).press('Enter');
  await page.getByRole('button', { name: 'Acciones de Carta de intención' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Quitar' }).press('Enter');
  await page.getByRole('button', { name: 'Abrir Carta de intención' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Deshacer' }).last().press('Enter');
  await page.getByRole('button', { name: 'Abrir Carta de intención' }).waitFor();
  assert.equal((await house.call('list_annexes', { owner: 'proposal', owner_id: id })).length, 1);
});

test('the palette finds a proposal from anywhere, and the other language and size hold', async () => {
  await house.go('/historial');
  await house.palette('biogas');
  const found = page.getByRole('option', { name: /CIIB-2025-001/ });
  await found.waitFor();
  while ((await found.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('CIIB-2025-001').first().waitFor();
  await house.prefer({ language: 'en', text: 'larger' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/propuestas/pro-11');
  await page.getByRole('heading', { name: 'Identification' }).waitFor();
  assert.deepEqual(await house.violations(), []);
  await house.go('/propuestas');
  await page.getByText(/\d+ proposals/).waitFor();
  assert.deepEqual(await house.violations(), []);
  await page.setViewportSize({ width: 1366, height: 768 });
  await house.prefer({ language: 'es', text: 'normal' });
  // The stream of changes is not every server's.
  assert.deepEqual(
    house.complaints.filter((one) => !one.includes('404')),
    [],
  );
});
