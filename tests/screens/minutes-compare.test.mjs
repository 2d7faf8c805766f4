// Acta: what differs between two versions of minutes, word by word: a draft that was sent and the text as it stands,
// the official text and the minutes that correct it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as session from './session.mjs';

const house = await session.houseWithSession();
const { page, press, enter } = house;
await session.openWith(house, 10);
const session_id = session.SESSION;
const event = async (time, kind, more = {}) => {
  await session.at(house, session.oclock(time));
  await house.call('record_event', { session_id, kind, ...more });
};
await event('08:20', 'quorum_check');
await event('08:21', 'item_start', { item_id: 'it-varios' });
await house.call('set_narrative', {
  item_id: 'it-varios',
  narrative: 'La Dirección informó del foro de marzo.',
});
await session.at(house, session.oclock('09:30'));
await house.call('adjourn_session', { session_id });
await house.go(session.MINUTES);
const view = () => house.call('get_minutes_view', { session_id });
const until = (holds) => house.until(async () => holds(await view()), String(holds));
/** What the view says, with the words that are struck and those that are new in brackets. */
const told = () =>
  page.locator('.differences article').evaluateAll((parts) =>
    parts.map((part) => {
      const copy = part.cloneNode(true);
      for (const one of copy.querySelectorAll('.sr-only, .btn')) one.remove();
      for (const one of copy.querySelectorAll('del')) one.textContent = `[-${one.textContent}-]`;
      for (const one of copy.querySelectorAll('ins')) one.textContent = `[+${one.textContent}+]`;
      return copy.textContent.replaceAll(/\s+/g, ' ').trim();
    }),
  );

test('with one version there is nothing to compare', async () => {
  await page.getByRole('button', { name: 'Enviar a observaciones' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Comparar versiones' }).count(), 0);
});

test('a draft just sent says what the minutes say', async () => {
  await enter('Enviar a observaciones');
  // It asks first: to whom, until when, what is still to be mended.
  await house.asked('integrantes de la instancia');
  const day = new Intl.DateTimeFormat('es-CO', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date((await view()).would_close_on));
  await page
    .locator('.dialog')
    .getByText(new RegExp(`hasta el \\p{L}+, ${day} de 2026, según las reglas`, 'u'))
    .waitFor();
  await page
    .locator('.dialog')
    .getByText(/verificaci(ón|ones) por resolver|Todas las verificaciones/)
    .waitFor();
  assert.deepEqual(await house.inBothThemes('acta-enviar'), []);
  assert.equal((await view()).minutes.status, 'draft');
  await press('Control+Enter');
  await until((one) => one.minutes.status === 'in_review');
  await page.getByText('Borrador 1, enviado el 26 de marzo de 2026').waitFor();
  // The button that sent it is gone: the keys go on from its place.
  await page.waitForFunction(() => document.activeElement !== document.body);
  await enter('Comparar versiones');
  await page.getByText('Las dos versiones dicen lo mismo.').waitFor();
});

test('the draft that was sent opens in the viewer', async () => {
  await enter(/^Abrir en el visor: acta-.*borrador-1\.pdf/);
  await house.handled('borrador-1.pdf');
});

test('what was written since is told by its words: only the item that changed, struck and new', async () => {
  await enter('Relato');
  await page.locator('nav .entry', { hasText: 'Proposiciones y varios' }).focus();
  await press('Enter');
  await page.getByRole('textbox', { name: 'Relato de la secretaría' }).focus();
  await press('Control+a');
  await page.keyboard.type('La Dirección informó del foro de abril y de su presupuesto.');
  await press('F6');
  await until((one) => one.assembly.items.some((item) => item.narrative.includes('abril')));
  await enter('Comparar versiones');
  await page.locator('.differences del').first().waitFor();
  const parts = await told();
  assert.equal(parts.length, 1, JSON.stringify(parts));
  assert.match(parts[0], /Proposiciones y varios/);
  assert.match(parts[0], /foro de \[-marzo-\]/);
  assert.match(parts[0], /\[\+abril y de su presupuesto/);
  assert.match(await page.locator('.differences').innerText(), /1 parte del acta cambia/);
});

test('a screen reader is told what was removed and what was added, and nothing depends on colour', async () => {
  const removed = page.locator('.differences del').first();
  assert.match(await removed.textContent(), /^Quitado: marzo/);
  assert.match(await page.locator('.differences ins').first().textContent(), /^Agregado: abril/);
  assert.equal(await removed.evaluate((one) => getComputedStyle(one).textDecorationLine), 'line-through');
  assert.equal(await removed.evaluate((one) => getComputedStyle(one, '::before').content.startsWith('"−"')), true);
  assert.deepEqual(await house.inBothThemes('acta-comparar'), []);
});

test('the versions change places, and an item leads to its text', async () => {
  await page.getByRole('combobox', { name: 'A', exact: true }).focus();
  await press('Enter', 'Home', 'Enter');
  await page.locator('.differences ins', { hasText: 'marzo' }).waitFor();
  assert.match((await told())[0], /\[-abril y de su presupuesto/);
  await enter('Ir al relato');
  await page.getByRole('textbox', { name: 'Relato de la secretaría' }).waitFor();
  assert.match(await page.getByRole('textbox', { name: 'Relato de la secretaría' }).innerText(), /abril/);
});

test('the view is in the address: it is there again after going elsewhere and back', async () => {
  await enter('Comparar versiones');
  await page.locator('.differences del').first().waitFor();
  await house.restart(new URL(page.url()).hash.slice(1));
  await page.locator('.differences del', { hasText: 'marzo' }).waitFor();
});

test('correcting minutes show the official words struck and how they read, where they stand', async () => {
  const made = await house.call('correct_minutes', {
    minutes_id: 'min-2025-02',
    corrections: [{ says: 'asistentes internacionales', reads: 'asistentes de idiomas' }],
    reason: 'Error de transcripción.',
  });
  await house.go(`/sesiones/ses-2025-02/acta?version=${made.id}`);
  await enter('Lo que cambia');
  await page.locator('.differences del').first().waitFor();
  for (const part of await told())
    assert.match(
      part,
      /asistentes \[-internacionales-\] ?\[\+de idiomas\+\]|\[-asistentes internacionales-\] ?\[\+asistentes de idiomas\+\]/,
    );
  assert.deepEqual(await house.inBothThemes('acta-aclaratoria-cambios'), []);
});

test('in English, at the smallest window and with larger text', async () => {
  await house.prefer({ language: 'en', text: 'larger' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(`${session.MINUTES}?vista=compare`);
  await page.locator('.differences del').first().waitFor();
  await page.getByText('1 part of the minutes changes').waitFor();
  assert.deepEqual(await house.inBothThemes('acta-comparar-en'), []);
  assert.deepEqual(house.complaints, []);
});
