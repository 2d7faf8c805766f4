// Integrantes: every view of a body, in both themes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();

test('every view of the body is read without violations', async () => {
  for (const [view, name] of [
    ['fila=com-hacienda', 'integrantes'],
    ['vista=personas&fila=per-004', 'integrantes-personas'],
    ['vista=delegaciones', 'integrantes-delegaciones'],
    ['vista=reglas', 'integrantes-reglas'],
    ['vista=instancia', 'integrantes-instancia'],
    ['vista=entidades', 'integrantes-entidades'],
    ['vista=calendario', 'integrantes-calendario'],
  ]) {
    await house.go(`/integrantes?${view}`);
    assert.deepEqual(await house.inBothThemes(name), []);
  }
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
