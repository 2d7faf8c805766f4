// The papers of a session: its annexes, and those that print from its data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pdf, place, wordsOf } from './preparation.mjs';
import { houseWithSession } from './session.mjs';

const house = await houseWithSession();
const { page } = house;

test('documents are numbered; the papers of the session are shown', async () => {
  await house.go(place('documentos'));
  const { field } = wordsOf(page);
  await page.locator('.drop input[type=file]').setInputFiles([pdf('ponencia.pdf')]);
  const rows = page.getByRole('row');
  await rows.filter({ hasText: 'ponencia' }).click();
  await page.getByRole('combobox', { name: 'Clase' }).waitFor();
  await field('Título').fill('Ponencia sobre redes');
  await page.keyboard.press('Tab');
  await rows.filter({ hasText: 'Ponencia sobre redes' }).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-documentos'), []);
  for (const paper of ['Lista de asistencia', 'Guion de la presidencia']) {
    await page.getByText(paper, { exact: true }).first().click();
    await page
      .getByText(/Página 1 de/)
      .first()
      .waitFor();
    await house.quiet();
    assert.deepEqual(await house.violations(), [], paper);
    await page.getByRole('button', { name: 'Emitir la copia oficial' }).press('Enter');
    const told = page.getByText(`Copia oficial emitida: ${paper}`, { exact: false });
    await page.waitForFunction(() => document.activeElement !== document.body);
    await told.waitFor();
    const notice = page.locator('.notice, [role=status], li').filter({ has: told }).last();
    await notice.getByRole('button', { name: 'Abrir en el visor' }).press('Enter');
    await house.handled(
      paper === 'Lista de asistencia' ? 'lista-de-asistencia-2026-01.pdf' : 'guion-de-la-presidencia-2026-01.pdf',
    );
  }
});

test('the official copies stay at hand: listed, opened and saved', async () => {
  await house.restart(place('documentos'));
  await page.getByText('Copias oficiales', { exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Copias oficiales' });
  await grid.getByRole('row').nth(1).waitFor();
  const kinds = await grid.locator('tbody tr td:nth-child(2)').allInnerTexts();
  assert.deepEqual(kinds.slice(0, 2), ['Guion de la presidencia', 'Lista de asistencia']);
  assert.deepEqual(await house.inBothThemes('preparar-copias'), []);
  const done = async () => JSON.stringify((await house.test('state')).done);
  const opened = (await done()).split('lista-de-asistencia').length;
  await grid.getByRole('row').nth(1).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await house.until(async () => (await done()).split('lista-de-asistencia').length > opened, 'it is opened');
  const before = (await done()).length;
  await grid.getByRole('button', { name: /^Guardar.*Lista de asistencia/ }).press('Enter');
  await house.until(async () => (await done()).length > before, 'a copy is saved');
  assert.deepEqual(house.complaints, []);
});
