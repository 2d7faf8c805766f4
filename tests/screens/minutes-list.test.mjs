// Actas: every acta with its state, terms and signatures; to its session's step; its PDF in the system's viewer.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const rows = () => house.page.getByRole('grid', { name: 'Actas' }).locator('tbody tr');
const side = () => house.page.locator('aside');

test('lists them newest first with state, next term and signatures', async () => {
  await house.restart('/actas');
  const list = await house.call('list_minutes', {});
  await house.many(rows(), list.total);
  for (const [i, line] of list.minutes.entries()) {
    const cells = await rows().nth(i).locator('td').allInnerTexts();
    assert.equal(cells[0], line.name.es);
    assert.equal(cells[2].trim().toLowerCase(), line.status_text.es);
    const given = line.signatures.filter((one) => one.signed_on).length;
    // Minutes older than the archive have their signatures in their document alone.
    assert.equal(cells[4], line.imported ? '' : `${given} de ${line.signatures.length}`);
  }
  assert.deepEqual(await house.inBothThemes('actas'), []);
});

test('filters live in the address; without a match they can be cleared', async () => {
  const { page } = house;
  await house.go('/actas?estado=in_review');
  await house.many(rows(), (await house.call('list_minutes', { status: 'in_review' })).total);
  await house.go('/actas?año=2025&estado=signed&instancia=body-grupo');
  await page.getByText('Ningún acta coincide con los filtros.').waitFor();
  await page.getByRole('button', { name: 'Quitar los filtros' }).press('Enter');
  await house.quiet();
  await house.many(rows(), (await house.call('list_minutes', {})).total);
  assert.ok(!page.url().includes('estado'));
});

test('the arrows choose, the panel tells its terms and signers, Ctrl+Enter opens the PDF, Enter goes to its step', async () => {
  const { page } = house;
  await house.go('/actas');
  await rows().first().focus();
  await page.keyboard.press('ArrowDown');
  const [, line] = (await house.call('list_minutes', {})).minutes;
  await side().getByRole('heading', { name: line.name.es }).waitFor();
  for (const one of line.signatures) await side().getByText(one.name).waitFor();
  for (const one of line.deadlines) await side().getByText(one.text.es).waitFor();
  assert.deepEqual(await house.inBothThemes('actas-detalle'), []);

  const opened = page.waitForRequest((request) => request.url().endsWith('/shell/open_copy'));
  await page.keyboard.press('Control+Enter');
  const sent = (await opened).postDataJSON();
  assert.equal(Buffer.from(sent.base64, 'base64').subarray(0, 5).toString(), '%PDF-');
  assert.match(sent.name, /\.pdf$/);
  assert.equal((await (await opened).response()).status(), 200);

  await rows().nth(1).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`sesiones/${line.session.id}/acta`));
});

test('in English, small with large text; and with none', async () => {
  const { page } = house;
  await house.prefer({ language: 'en', text: 'large' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/actas?ver=min-2025-04');
  await page.getByRole('heading', { level: 1, name: 'Minutes' }).waitFor();
  assert.deepEqual(await house.inBothThemes('actas-pequena'), []);
  await house.prefer({ language: 'es', text: 'normal' });
  await page.setViewportSize({ width: 1366, height: 768 });
  const { folder } = await house.test('state');
  await house.call('close_archive');
  await house.call('create_archive', { path: join(folder, 'vacio.actario'), demo: false });
  await house.restart('/actas');
  await page.getByText('Todavía no hay actas.').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
