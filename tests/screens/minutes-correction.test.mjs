// Acta: published minutes corrected by further minutes, which are adopted, signed and published in their turn.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { houseOfStories } from './house.mjs';

const ACTA = '/sesiones/ses-2025-02/acta';
const house = await houseOfStories();
const { page, press, enter, asked, inField } = house;
await house.go(ACTA);
const view = () => house.call('get_minutes_view', { session_id: 'ses-2025-02' });
const correction = async () => (await view()).corrections[0];
const until = (holds) => house.until(async () => holds(await correction()), String(holds));
const field = (name) => page.getByRole('textbox', { name });

test('what is missing is said at its field, and what was typed stays', async () => {
  await page.getByRole('button', { name: 'Corregir…' }).waitFor();
  await press('F3');
  await asked('Corregir el acta n.º 2 de 2025');
  await press('Control+Enter');
  await page.getByText('Copie las palabras del acta que se corrigen.').waitFor();
  await inField('Donde dice');
  await page.keyboard.type('asistentes internacionales');
  await press('Tab');
  await page.keyboard.type('asistentes de idiomas');
  await press('Escape');
  await page.locator('.dialog').waitFor({ state: 'detached' });
  await press('F3');
  await asked('Corregir el acta');
  assert.equal(await field('Donde dice').inputValue(), 'asistentes internacionales');
});

test('two corrections with their reason; correcting minutes are drafted beside the original', async () => {
  await page.getByRole('combobox', { name: 'Punto del acta' }).focus();
  await press('Enter');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.type('4');
  await press('Enter');
  await enter('Agregar otra corrección');
  await inField('Donde dice');
  await page.keyboard.type('10:30');
  await press('Tab');
  await page.keyboard.type('10:20');
  await field('Por qué se corrige').focus();
  await page.keyboard.type('Errores de transcripción de la grabación.');
  await press('Control+Enter');
  // Only what the official text says is corrected: the field is told, and has the keys.
  await page.getByText('El acta no dice «10:30».').waitFor();
  await inField('Donde dice');
  assert.equal(await correction(), undefined);
  await press('Control+a');
  await page.keyboard.type('4:48 p. m.');
  await press('Tab', 'Control+a');
  await page.keyboard.type('4:46 p. m.');
  assert.deepEqual(await house.inBothThemes('acta-correccion'), []);
  await press('Control+Enter');
  await until((one) => one?.minutes.status === 'draft');
  await page.waitForURL(/version=/);
  await page.locator('.page canvas').first().waitFor();
  const { minutes, corrections } = await correction();
  const { id, corrects_minutes_id } = minutes;
  assert.equal(corrects_minutes_id, 'min-2025-02');
  assert.equal(corrections.length, 2);
  const { texts } = await house.call('preview_correction', { minutes_id: id });
  const text = texts.join(' ').replaceAll(/\s+/g, ' ');
  assert.match(text, /donde dice «4:48 p. m.», léase «4:46 p. m.»/);
  assert.match(text, /Errores de transcripción/);
  assert.equal((await view()).minutes.status, 'published');
});

test('the original stays beside it: both are read together', async () => {
  await enter('Junto al acta que aclara');
  await page.waitForFunction(() => document.querySelectorAll('.beside canvas').length >= 2);
  assert.deepEqual(await house.inBothThemes('acta-versiones'), []);
  await enter('Acta aclaratoria');
});

test('it is adopted; while nobody signs it waits, a signature that comes late is recorded, and it is published', async () => {
  await enter('Aprobar…');
  await asked('Aprobar el acta aclaratoria');
  await press('Control+Enter');
  await until((one) => one.minutes.status === 'approved');
  await enter(/Registrar firma ?: Ana Eugenia/);
  await asked('Firma de la presidencia');
  await page.getByRole('radio', { name: 'No va a firmar' }).focus();
  await press('Space', 'Control+Enter');
  await page.getByText('Escriba por qué no firma.').waitFor();
  await field('Por qué no firma').focus();
  await page.keyboard.type('Dejó el cargo el 15 de diciembre de 2025');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');

  await until((one) => one.minutes.signatures[0].missing_reason);
  await enter(/Registrar firma ?: Pilar/);
  await asked('Firma de la secretaría técnica');
  await page.getByRole('radio', { name: 'No va a firmar' }).focus();
  await press('Space');
  await field('Por qué no firma').focus();
  await page.keyboard.type('Está en licencia');
  await press('Control+Enter');
  await page.getByText(/Nadie firmó esta acta/).waitFor();
  assert.equal((await correction()).minutes.status, 'approved');
  await enter(/Registrar la firma que llegó ?: Pilar/);
  await asked('Firma de la secretaría técnica');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await until((one) => one.minutes.status === 'signed');
  await page.getByText('Antes constaba que no firma: Está en licencia').waitFor();
  await page.getByText('No firma: Dejó el cargo').waitFor();
  await enter('Publicar');
  await asked('Registrar la publicación');
  await press('Control+Enter');
  await until((one) => one.minutes.status === 'published');
  assert.equal((await correction()).minutes.published_on, '2025-12-31');
});

test('the minutes name the versions with their dates; a file opens in the viewer', async () => {
  await house.go(ACTA);
  await page.getByRole('link', { name: 'Acta n.º 5 de 2025, aclaratoria' }).waitFor();
  assert.deepEqual(await house.inBothThemes('acta-corregida'), []);
  await enter('Abrir en el visor: acta-05-2025-aclaratoria.pdf');
  await house.handled('aclaratoria.pdf');
});

test('in English, at the smallest window', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(ACTA);
  await page.getByRole('heading', { name: 'Versions' }).waitFor();
  assert.deepEqual(await house.violations(), []);
  await press('F3');
  await asked('Where it says');
  assert.deepEqual(await house.violations(), []);
  await house.picture('acta-correccion-en');
  assert.deepEqual(house.complaints, []);
});
