// Acta: the draft of a session, its text with locked sentences, remarks, checks and the pages as they print.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { houseOfStories } from './house.mjs';

const ACTA = '/sesiones/ses-2025-04/acta';
const house = await houseOfStories();
const { page } = house;
await house.go(ACTA);
const minutes = () => house.call('get_minutes_view', { session_id: 'ses-2025-04' });
const until = (holds) => house.until(async () => holds(await minutes()), String(holds));
const click = (name) => house.enter(name, { exact: true });

test('the pages of the PDF itself are shown, and nothing is refused by the policy', async () => {
  await page.locator('.page canvas').first().waitFor();
  assert.match(await page.locator('.pdf').innerText(), /Página 1 de \d+/);
  assert.deepEqual(await house.inBothThemes('acta'), []);
  assert.deepEqual(house.complaints, []);
});

test('the text of an item: computed sentences are locked, the narrative is written between them', async () => {
  await click('Relato');
  await page
    .getByRole('button', { name: 'Proposiciones y varios' })
    .or(page.locator('nav .entry:not(.last)').last())
    .first()
    .focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('textbox', { name: 'Relato de la secretaría' });
  await text.focus();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' La presidencia agradeció la asistencia.');
  assert.deepEqual(await house.inBothThemes('acta-relato'), []);
  await page.keyboard.press('F6');
  await until((view) => view.assembly.items.some((one) => one.narrative.includes('agradeció la asistencia')));
  assert.ok((await page.locator('.block').count()) > 0);
});

test('conclusions are written after the items, kept as they are typed, and print', async () => {
  await page.locator('nav .entry').last().focus();
  await page.keyboard.press('Enter');
  const text = page.getByRole('textbox', { name: /al final del acta/ });
  await text.focus();
  await page.keyboard.type('Se priorizó el portafolio de 2026.');
  // The power goes before the field is left: it is there again.
  const draft = () => house.call('get_draft', { key: 'session/ses-2025-04/conclusions' });
  await house.until(async () => (await draft())?.text.trim() === 'Se priorizó el portafolio de 2026.', 'the draft');
  assert.deepEqual(await house.inBothThemes('acta-conclusiones'), []);
  await page.keyboard.press('F6');
  const session = async () => (await house.call('get_session', { session_id: 'ses-2025-04' })).session;
  await house.until(async () => (await session()).conclusions !== null, 'the conclusions are kept');
  assert.equal((await session()).conclusions?.trim(), 'Se priorizó el portafolio de 2026.');
  assert.equal(await draft(), null);
  const paper = await house.call('preview_minutes', { session_id: 'ses-2025-04' });
  assert.match(paper.texts.join(' '), /Se priorizó el portafolio de 2026/);
});

test('a remark is recorded, blocks the adoption until it is answered', async () => {
  await click('Registrar observación');
  // Without whose it is, its field says so and has the keys.
  await page.keyboard.press('Control+Enter');
  await page.getByText('Elija de quién es la observación.').waitFor();
  await house.inField('De quién');
  assert.deepEqual(await house.inBothThemes('acta-observacion'), []);
  await page.getByRole('combobox', { name: 'De quién' }).focus();
  await page.keyboard.type('oñate');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Observación' }).focus();
  await page.keyboard.type('Precisar el alcance del punto 4.');
  await page.keyboard.press('Control+Enter');
  await until((view) => view.remarks.some((one) => one.remark.text.startsWith('Precisar')));
  assert.equal((await minutes()).ready, false);
  await click('Aceptar');
  await until((view) => view.remarks.every((one) => one.remark.accepted !== null));
});

test('the file is saved as it is shown', async () => {
  const { folder } = await house.test('state');
  await house.test('pick', { paths: [`${folder}/acta.pdf`] });
  await click('Documento');
  await page.locator('.page canvas').first().waitFor();
  await click('Guardar PDF…');
  await house.handled('acta.pdf');
});

/** A file of a ZIP archive: where its own header names it. */
function unzipped(zip, name) {
  for (let entry = 0; (entry = zip.indexOf('PK\u0001\u0002', entry, 'latin1')) >= 0; entry += 46) {
    const called = zip.toString('utf8', entry + 46, entry + 46 + zip.readUInt16LE(entry + 28));
    if (called !== name) continue;
    const [size, local] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 42)];
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + size);
    return (zip.readUInt16LE(entry + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
  }
  throw new Error(`${name} is not in it`);
}

test('the draft is saved for Word, from its pages and from Ctrl+K, and a notice says where', async () => {
  const { folder } = await house.test('state');
  const path = join(folder, 'acta-borrador.docx');
  await house.test('pick', { paths: [path] });
  await click('Guardar borrador en Word…');
  await page.getByRole('status').getByText(`El borrador se guardó en ${path}`).waitFor();
  const saved = readFileSync(path);
  assert.equal(saved.toString('latin1', 0, 2), 'PK');
  assert.ok(unzipped(saved, 'word/document.xml').includes('agradeció la asistencia'));
  rmSync(path);
  await house.test('pick', { paths: [path] });
  await house.command('Guardar borrador en Word…');
  await house.until(() => existsSync(path));
  // Nobody chose a place: nothing is saved and nothing is said.
  await house.test('pick', { paths: [] });
  rmSync(path);
  await click('Guardar borrador en Word…');
  await house.quiet();
  assert.equal(existsSync(path), false);
});

test('in English too', async () => {
  await house.prefer({ language: 'en' });
  await house.restart(ACTA);
  await page
    .getByText('Checks before')
    .or(page.getByRole('button', { name: 'Document' }))
    .first()
    .waitFor();
  assert.deepEqual(await house.violations(), []);
});
