// What comes of a session: its decisions, commitments, items left over, terms and the next session.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { at, convene, oclock, openWith, SESSION, takeVote } from './session.mjs';

const house = await houseOfStories();
const { page } = house;
const button = (name) => page.getByRole('button', { name });

test('decisions, commitments and terms of a session that was held', async () => {
  await house.go('/sesiones/ses-2025-04/seguimiento');
  await page.getByText('Decisión 12 de 2025', { exact: false }).waitFor();
  const region = page.getByRole('region', { name: 'Decisiones y lo que se hace con ellas' });
  await house.many(region.getByRole('listitem'), 7);
  await region.getByText('Se aprueba la Escuela Col-Col de Bogotá.').waitFor();
  await page.getByText('Firma: hasta el viernes, 12 de diciembre de 2025, vencido.').waitFor();
  const steps = page.getByRole('navigation', { name: 'Pasos de la sesión' });
  await house.many(steps.getByRole('link'), 4);
  await steps.getByText('en observaciones').waitFor();
  await steps.getByText('5 abiertos').waitFor();
  assert.deepEqual(await house.inBothThemes('seguimiento'), []);
});

test('a commitment is fulfilled with its evidence, and that is undone', async () => {
  const open = async () => (await house.call('list_commitments', { session_id: 'ses-2025-04' })).counts.open;
  const before = await open();
  await button('Publicar el balance anual de membresías de redes.').press('Enter');
  await page.getByRole('menuitem', { name: 'Registrar cumplimiento…' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Evidencia' }).fill('Balance publicado');
  assert.deepEqual(await house.inBothThemes('seguimiento-cumplimiento'), []);
  await dialog.getByRole('button', { name: 'Registrar cumplimiento' }).click();
  await page.getByText('«Balance publicado»').waitFor();
  assert.equal(await open(), before - 1);
  await button('Deshacer').click();
  await page.getByText('«Balance publicado»').waitFor({ state: 'detached' });
  assert.equal(await open(), before);
});

test('items left over go to the next agenda', async () => {
  const last = await house.call('create_session', {
    body_id: 'body-comision',
    date: '2026-01-15',
    kind: 'extraordinary',
    place: 'Sala',
  });
  await house.call('add_agenda_item', { session_id: last.id, title: 'Red de ciudades', kind: 'report' });
  await house.call('cancel_session', { id: last.id, reason: 'Sin sala' });
  const next = await house.call('create_session', { body_id: 'body-comision', date: '2026-02-19', kind: 'ordinary' });
  const offers = (await house.call('suggest_agenda', { session_id: next.id })).filter(
    (one) => one.carried_from_item_id,
  );
  assert.equal(offers.length, 1);
  await house.restart(`/sesiones/${last.id}/seguimiento`);
  await button('Llevar al próximo orden del día').click();
  await page.getByText('ya está en el orden del día', { exact: false }).waitFor();
  assert.equal((await house.call('get_agenda', { session_id: next.id })).items[0].item.title, 'Red de ciudades');
  await page.getByRole('link', { name: 'Preparar', exact: true }).last().click();
  await page.getByRole('tab', { name: /Orden del día/ }).waitFor();
});

test('votes that were approved while nobody wrote the decision are told, each with the way to write it', async () => {
  await convene(house);
  await openWith(house, 12);
  const record = async (time, kind, more = {}) => {
    await at(house, oclock(time));
    await house.call('record_event', { session_id: SESSION, kind, ...more });
  };
  await record('08:10', 'quorum_check');
  await record('08:15', 'item_start', { item_id: 'it-orden' });
  for (const [minute, text] of [
    ['16', 'Aprobar el orden del día'],
    ['18', 'Reunirse cada dos meses'],
  ]) {
    await at(house, oclock(`08:${minute}`));
    const { id } = await house.call('file_motion', { session_id: SESSION, kind: 'substantive', text });
    await takeVote(house, id);
  }
  await at(house, oclock('09:00'));
  await house.call('adjourn_session', { session_id: SESSION });
  await house.restart(`/sesiones/${SESSION}/seguimiento`);
  const region = page.getByRole('region', { name: 'Decisiones y lo que se hace con ellas' });
  await region.getByText('2 votaciones aprobadas sin decisión escrita.').waitFor();
  assert.equal(await page.getByText('La sesión no tomó decisiones.').count(), 0);
  assert.deepEqual(await house.inBothThemes('seguimiento-sin-escribir'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.inBothThemes('seguimiento-sin-escribir-1024');
  await page.setViewportSize({ width: 1366, height: 768 });
  await region.getByRole('listitem').first().getByRole('link').press('Enter');
  await house.asked('Registrar decisión');
  await page.getByRole('dialog').getByText('Aprobar el orden del día').first().waitFor();
});

test('before the session ends there is nothing to follow; in English', async () => {
  const soon = (await house.call('list_sessions', { status: 'scheduled' })).sessions[0];
  await house.restart(`/sesiones/${soon.id}/seguimiento`);
  await page.getByText('El seguimiento comienza cuando la sesión termina.').waitFor();
  assert.deepEqual(await house.violations(), []);
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart('/sesiones/ses-2025-01/seguimiento');
  await page.getByText('Decision 1 of 2025', { exact: false }).waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
