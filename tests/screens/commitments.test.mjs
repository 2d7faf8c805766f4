// Compromisos: found by filters kept in the address, and by Ctrl+K.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const grid = () => house.page.getByRole('grid', { name: 'Compromisos' });
const rows = () => grid().locator('tbody tr');

test('the open ones, the overdue first, said with a word; the badge counts them', async () => {
  await house.restart('/compromisos');
  const { counts, commitments } = await house.call('list_commitments', { state: 'open' });
  await house.many(rows(), counts.open);
  await rows().first().getByText('Vencido', { exact: true }).waitFor();
  assert.equal(await rows().first().locator('td').nth(2).innerText(), commitments[0].commitment.text);
  assert.equal(
    await house.page
      .getByRole('link', { name: /^Compromisos/ })
      .locator('.count')
      .innerText(),
    String(counts.overdue),
  );
  assert.deepEqual(await house.inBothThemes('compromisos-lista'), []);
});

test('filters by state, entity, session, date and words live in the address', async () => {
  const { page } = house;
  await house.go('/compromisos?estado=all&entidad=ent-dpi');
  const all = await house.call('list_commitments', { entity_id: 'ent-dpi' });
  await house.many(rows(), all.commitments.length);
  await house.go('/compromisos?estado=all&sesion=ses-2025-04');
  assert.equal(
    await rows().count(),
    (await house.call('list_commitments', { session_id: 'ses-2025-04' })).commitments.length,
  );
  await house.go('/compromisos?estado=open&hasta=2026-01-20');
  await house.many(rows(), 2);
  await house.go('/compromisos?estado=all&desde=2026-01-01&hasta=2026-01-20');
  const between = await house.call('list_commitments', { due_from: '2026-01-01', due_to: '2026-01-20' });
  assert.ok(between.commitments.length > 0);
  await house.many(rows(), between.commitments.length);
  await house.go('/compromisos?estado=all');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('MEMBRESIAS');
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes('texto=MEMBRESIAS'));
  await house.quiet();
  await house.many(rows(), 1);
  await page.keyboard.type(' inexistente');
  await page.getByText('Ningún compromiso coincide con los filtros.').waitFor();
  await page.getByRole('button', { name: 'Quitar los filtros' }).click();
  await house.quiet();
  await house.many(rows(), (await house.call('list_commitments', { limit: 5000 })).commitments.length);
});

test('the register on paper is of what is looked at, with every filter', async () => {
  const { page } = house;
  await house.go('/compromisos?estado=all&entidad=ent-dpi&texto=balance&desde=2025-01-01&hasta=2026-12-31');
  await house.quiet();
  await page.locator('header').getByRole('button', { name: 'Más' }).focus();
  await page.keyboard.press('Enter');
  await house.inMenu('Registro en papel… Comisión');
  await page.waitForURL(/papeles\/compromisos/);
  await page.locator('.textLayer').getByText('Con las palabras «balance»').first().waitFor();
  await page.locator('.textLayer').getByText('Con fecha límite del 1 de enero de 2025').first().waitFor();
  await page.locator('aside').getByText('Con «balance»').first().waitFor();
  assert.deepEqual(await house.inBothThemes('compromisos-papel'), []);
  await house.enter('Quitar los filtros');
  await page.locator('aside').getByText('Todos los compromisos').first().waitFor();
});

test('Ctrl+K finds a commitment by its words', async () => {
  const { page } = house;
  await house.go('/hoy');
  await house.palette('membresias');
  await page
    .getByRole('option', { name: /Publicar el balance anual/ })
    .first()
    .waitFor();
  await page
    .getByRole('option', { name: /Publicar el balance anual/ })
    .first()
    .click();
  await page.waitForURL(/ver=cmp-04-03/);
});

test('in English, small and with large text; and with nothing recorded', async () => {
  const { page } = house;
  await house.prefer({ language: 'en', text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/compromisos?ver=cmp-04-03');
  await page.getByRole('heading', { level: 1, name: 'Commitments' }).waitFor();
  assert.deepEqual(await house.inBothThemes('compromisos-pequena'), []);
  await house.prefer({ language: 'es', text: 'normal' });
  await page.setViewportSize({ width: 1366, height: 768 });
  const { folder } = await house.test('state');
  await house.call('close_archive');
  await house.call('create_archive', { path: join(folder, 'vacio.actario'), demo: false });
  await house.restart('/compromisos');
  await page.getByText('Todavía no hay compromisos.').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
