// The course of a proposal by keyboard: filed, returned with its reason, corrected, filed again, compared; its annexes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page, until } = house;
const field = (path) => page.locator(`[data-field="${path}"]`);
const proposal = async (id) => (await house.call('get_proposal', { id })).proposal;

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
  // What is only filed is not under study yet: it may be taken up or withdrawn, and nobody can return it.
  await page.getByRole('button', { name: 'Más acciones' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Retirar…' }).waitFor();
  assert.equal(await page.getByRole('menuitem', { name: 'Devolver…' }).count(), 0);
  await page.keyboard.press('Escape');
  await house.palette('devolver');
  await page.getByText('No hay nada con «devolver».').or(page.locator('.palette [role=option]')).first().waitFor();
  assert.equal(await page.locator('.palette [role=option]', { hasText: 'Devolver…' }).count(), 0);
  await page.keyboard.press('Escape');
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
  // Its course at a glance, and the copy that was filed first, whole.
  assert.deepEqual(
    await page.getByRole('list', { name: 'Trámite en breve' }).locator('.word').allInnerTexts(),
    (await house.call('get_proposal', { id: 'pro-12' })).history
      .slice(-6)
      .map((one) => one.text.es[0].toUpperCase() + one.text.es.slice(1)),
  );
  await page.getByRole('button', { name: 'Ver esta copia Versión 1' }).press('Enter');
  await page.getByText(/Versión 1, radicada el .* Es una copia: no cambia/).waitFor();
  await field('problem').waitFor();
  const first = await house.call('get_proposal_version', { id: 'pro-12', number: 1 });
  assert.ok((await field('problem').innerText()).includes(first.proposal.profile.problem));
  assert.equal(await page.locator('main').getByRole('textbox').count(), 0);
  assert.deepEqual(await house.inBothThemes('propuesta-copia'), []);
  await page.getByRole('button', { name: 'Volver a la ficha actual' }).first().press('Enter');
  await page.getByRole('button', { name: 'Problema', exact: true }).press('Enter');
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

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
