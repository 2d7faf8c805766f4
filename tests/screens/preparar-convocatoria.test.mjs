// Convening a session: what is missing, the notice and its e-mails, what changes afterwards.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';
import { place, wordsOf } from './preparation.mjs';

const house = await houseOfStories();
const { page } = house;
const { button, field, tab } = wordsOf(page);
const { id: session } = await house.call('create_session', {
  body_id: 'body-comision',
  kind: 'ordinary',
  date: '2026-02-19',
  planned_start: '08:00:00',
});
const offers = await house.call('suggest_agenda', { session_id: session });
await house.call('build_agenda', { session_id: session, keys: offers.map((one) => one.key) });
await house.go(place('', session));

test('the session is convened once nothing is missing; its e-mails are ready', async () => {
  await tab('Convocatoria').first().click();
  const checks = page.getByRole('group', { name: 'Verificaciones antes de convocar' });
  await checks.getByText('Falta una cosa para convocar.').waitFor();
  await checks.getByText('La convocatoria debe decir el lugar.').waitFor();
  await checks.getByText('El acto de creación de la instancia no está registrado').waitFor();
  await button('Convocar…').first().click();
  await page.getByRole('alertdialog').waitFor();
  assert.equal(
    await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).getAttribute('aria-disabled'),
    'true',
  );
  await page.keyboard.press('Escape');

  await tab(/^Sesión/).click();
  await field('Lugar').fill('Sala Múltiple 2');
  await page.keyboard.press('Tab');
  await page.getByText('Falta el lugar.').waitFor({ state: 'detached' });
  const before = (await house.call('list_journal', {})).length;
  await page.getByRole('group', { name: 'Hora' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0930');
  await page.keyboard.press('Tab');
  const start = async () => (await house.call('get_session', { session_id: session })).session.planned_start;
  await house.until(async () => (await start()) === '09:30:00', 'the hour is kept');
  assert.equal((await house.call('list_journal', {})).length, before + 1, 'a time typed by parts is one entry');

  await button('Convocar…').first().click();
  await page.getByRole('alertdialog').locator('.inset', { hasText: '34, a tiempo' }).waitFor();
  assert.deepEqual(await house.inBothThemes('preparar-convocar'), []);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  // Convened is not sent: what is left to send is shown, and only its proof says that it went out.
  await page.getByText('Convocada; falta enviar los correos').waitFor();
  assert.equal(await page.getByText('Enviada', { exact: true }).count(), 0);
  await page.getByRole('heading', { name: 'Correos listos para enviar' }).waitFor();
  await house.quiet();
  await page.getByText('17 destinatarios').waitFor();
  await page.getByText('Sin correo registrado').waitFor();
  await button(/^Guardar el correo/).click();
  await house.quiet();
  await page.getByText('Uno por puesto').click();
  await button(/Guardar el correo: Secretaria o secretario distrital de Hacienda/).waitFor();
  await house.quiet();
  await button(/^Guardar los \d+ en una carpeta/).click();
  const saved = page.getByText(/^\d+ correos guardados en/);
  await saved.waitFor();
  const { messages } = await house.call('notice_mail', { session_id: session, each: true });
  const { folder } = await house.test('state');
  const names = readdirSync(folder);
  for (const one of messages) assert.ok(names.includes(one.file.name), one.file.name);
  assert.deepEqual(await house.inBothThemes('preparar-convocatoria'), []);
  const detail = await house.call('get_session', { session_id: session });
  assert.equal(detail.session.status, 'convened');
  assert.ok((await house.call('notice_mail', { session_id: session })).with_pdf);
  await page
    .locator('section', { has: page.getByRole('heading', { name: 'Constancia de envío' }) })
    .locator('input[type="file"]')
    .setInputFiles({ name: 'acuse.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 acuse') });
  await page.getByText('Enviada', { exact: true }).waitFor();
  await page.getByText('Convocada; falta enviar los correos').waitFor({ state: 'detached' });
});

test('an item that comes late says why, and the versions are compared', async () => {
  await tab(/^Orden del día/).click();
  await page.keyboard.press('Control+n');
  await page.keyboard.type('Adhesión a la red de ciudades');
  await page.keyboard.press('Enter');
  await page.getByText('Escriba por qué se adiciona').waitFor();
  await page.waitForFunction(() => document.activeElement?.matches('input') && document.activeElement.value === '');
  await page.keyboard.type('La invitación llegó ayer');
  await page.keyboard.press('Enter');
  await page.getByText('Adicionado después de convocar').waitFor();
  await button('Ver los cambios').click();
  await page.getByText(/Se adicionó el punto/).waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('preparar-versiones'), []);
  await button('Convocar de nuevo…').first().click();
  await page
    .getByRole('alertdialog')
    .getByRole('textbox', { name: 'Razón de la nueva convocatoria' })
    .fill('Se adiciona un punto');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Convocar' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await page.getByText('El orden del día cambió después de convocar.').waitFor({ state: 'detached' });
  assert.equal((await house.call('get_agenda', { session_id: session })).versions.length, 2);
});
