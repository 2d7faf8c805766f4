// Integrantes: in English and in the smallest window.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page } = house;

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
