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
    ['vista=asistencia&dia=2025-12-01', 'integrantes-asistencia'],
    ['vista=reglas', 'integrantes-reglas'],
    ['vista=instancia', 'integrantes-instancia'],
    ['vista=entidades', 'integrantes-entidades'],
    ['vista=calendario', 'integrantes-calendario'],
  ]) {
    await house.go(`/integrantes?${view}`);
    assert.deepEqual(await house.inBothThemes(name), []);
  }
});

test('attendance is told seat by seat, over the sessions while each was held', async () => {
  const { page } = house;
  const { seats } = await house.call('attendance_statistics', {
    body_id: 'body-comision',
    from: '2025-01-01',
  });
  await house.go('/integrantes?vista=asistencia&dia=2025-12-01');
  const rows = page.getByRole('grid', { name: 'Asistencia por puesto en 2025' }).locator('tbody tr');
  // Each session heads its letters; what tells a seat from another comes first.
  const heads = await page.getByRole('columnheader').allInnerTexts();
  const { sessions } = await house.call('attendance_statistics', { body_id: 'body-comision', from: '2025-01-01' });
  assert.equal(heads.filter((one) => /^\d+\s[a-z]{3}$/.test(one)).length, sessions.length);
  assert.match(await rows.nth(3).innerText(), /SDH · Secretaria o secretario distrital de Hacienda/);
  await rows.first().focus();
  for (const seat of seats.slice(0, 4)) {
    await page
      .getByRole('status')
      .filter({ hasText: `${seat.title}. ${seat.text.es}` })
      .waitFor();
    await page.keyboard.press('ArrowDown');
  }
  // A year without sessions says so.
  await house.go('/integrantes?vista=asistencia&dia=2031-12-01');
  await page.getByText('En 2031 no se llamó a lista en ninguna sesión.').waitFor();
  assert.deepEqual(await house.violations(), []);
});

test('a delegation for given sessions says which', async () => {
  const { sessions } = await house.call('list_sessions', {
    body_id: 'body-comision',
    limit: 1,
  });
  const { seats } = await house.call('list_members', {
    body_id: 'body-comision',
  });
  const [from, to] = seats.filter((one) => one.current && one.seat.delegation_allowed && one.delegations.length === 0);
  await house.call('record_delegation', {
    seat_id: from.seat.id,
    delegate_id: to.liaisons[0]?.id ?? to.current.person.id,
    act: {
      kind: 'letter',
      number: '77',
      date: sessions[0].date,
      name: null,
      fictitious: true,
      file: null,
      blob_id: null,
    },
    session_ids: [sessions[0].id],
  });
  const words = `solo para la s${sessions[0].name.es.slice(1)}`;
  await house.go(`/integrantes?fila=${from.seat.id}`);
  await house.says(words);
  await house.go('/integrantes?vista=delegaciones');
  await house.says(words);
});

test('nothing was complained about', () => assert.deepEqual(house.complaints, []));
