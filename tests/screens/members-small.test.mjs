// Integrantes: in English and in the smallest window.
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
after(() => house?.close());

test('the smallest window and the other language hold', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  for (const view of ['fila=com-hacienda', 'vista=personas&fila=per-004', 'vista=reglas', 'vista=instancia']) {
    await house.restart(`/integrantes?${view}`);
    assert.deepEqual(await house.violations(), [], view);
    // Nothing is wider than its place.
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  }
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
