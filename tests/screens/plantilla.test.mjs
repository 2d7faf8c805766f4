// Plantilla de los documentos: the look of a body's papers written by keyboard, seen on the paper itself as it is written,
// saved, worn by what is issued, and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { houseOfStories } from './house.mjs';

const house = await houseOfStories();
const { page, press } = house;
const SESSION = 'ses-2025-01';
const { body_id: BODY } = (await house.call('live_session', { session_id: SESSION })).session;
const PLACE = `/integrantes/plantilla?instancia=${BODY}`;
const template = () => house.call('get_template', { body_id: BODY });
const state = (word) => page.locator('header').getByText(word).waitFor();
const inPages = (text) => page.locator('.textLayer').getByText(text).first().waitFor();
const field = (name, options) => page.getByRole('textbox', { name, ...options });
/** Writes into a field that has the keys already, or is given them. */
async function writes(locator, text) {
  await locator.focus();
  await press('Control+a');
  await page.keyboard.type(text);
}

/** A shield of one colour with a band across it, on white: a PNG of `size` by `size` pixels. */
function png(size, colour) {
  const crc = (bytes) => {
    let c = ~0;
    for (const byte of bytes) {
      c ^= byte;
      for (let k = 0; k < 8; k += 1) c = (c >>> 1) ^ (0xedb88320 & -(c & 1));
    }
    return ~c >>> 0;
  };
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size);
  head.writeUInt32BE(size, 4);
  head.set([8, 2], 8);
  const paint = (x, y) => {
    const [across, down] = [Math.abs((2 * x + 1) / size - 1), y / size];
    const half = down < 0.5 ? 0.8 : 0.8 * Math.sqrt(1 - ((down - 0.5) / 0.5) ** 2);
    return across > half || Math.abs(down - 0.42) < 0.05 ? [255, 255, 255] : colour;
  };
  const line = (y) => Buffer.from([0, ...Array.from({ length: size }, (_, x) => paint(x, y)).flat()]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, (_, y) => line(y))));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
const picture = (name, colour) => ({ name, mimeType: 'image/png', buffer: png(240, colour) });

/** Chooses in a list by keyboard: opened, to the first, and down to what is wanted. */
async function choose(list, name) {
  await list.focus();
  await press('Enter');
  const wanted = page.getByRole('option', { name, exact: true });
  await wanted.waitFor();
  await press('Home');
  for (let down = 0; down < 40 && (await wanted.getAttribute('data-highlighted')) === null; down += 1)
    await press('ArrowDown');
  await press('Enter');
}

test('it is reached from Ctrl+K, from the body and from the papers', async () => {
  await house.command('Plantilla de los documentos');
  await page.waitForURL(/integrantes\/plantilla/);
  await state('Guardada');
  for (const from of ['/integrantes?vista=instancia', '/papeles']) {
    await house.go(from);
    await page.getByRole('link', { name: 'Plantilla de los documentos…' }).focus();
    await press('Enter');
    await page.waitForURL((url) => url.hash.startsWith(`#${PLACE}`));
  }
  await inPages('Acta n.º');
  assert.deepEqual(await house.inBothThemes('plantilla-vacia'), []);
});

test('the letterhead is on the paper a moment after it is typed', async () => {
  const pages = () => page.locator('.textLayer').first().innerText();
  assert.ok(!(await pages()).includes('Alcaldía Mayor de Bogotá, D. C.'));
  await writes(field('Líneas del membrete'), 'Alcaldía Mayor de Bogotá, D. C.\nDirección de Proyección Internacional');
  await state('Cambios sin guardar');
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  // Nothing is saved by trying it.
  assert.deepEqual((await template()).lines, []);
});

test('while other pages are made, the former ones stay in sight', async () => {
  await page.evaluate(() => {
    globalThis.empty = 0;
    new MutationObserver(() => {
      if (!document.querySelector('.pdf .page canvas')) globalThis.empty += 1;
    }).observe(document.querySelector('.pdf'), { subtree: true, childList: true });
  });
  await house.enter('Agregar un formato');
  await house.inField('Código');
  await page.keyboard.type('FT-GE-012');
  await press('Tab');
  await page.keyboard.type('03');
  await press('Tab');
  await page.keyboard.type('120-05.3 Actas de comisiones');
  await inPages('FT-GE-012, versión 03');
  await inPages('Serie: 120-05.3 Actas');
  await house.quiet();
  assert.equal(await page.evaluate(() => globalThis.empty), 0);
});

test('a phrase says where it goes; one that was only begun is asked for on saving', async () => {
  await house.enter('Agregar una frase');
  await house.inField('Frase');
  await press('Control+Enter');
  await page.getByText('Falta la frase').waitFor();
  await house.inField('Frase');
  await page.keyboard.type('Se informó el tratamiento de los datos personales.');
  await inPages('Se informó el tratamiento de los datos personales.');
});

test('free sections are put in order by key, between what the official order fixes', async () => {
  await page.getByText('Firmas y anexos: orden oficial').waitFor();
  await house.enter('Agregar una sección');
  await house.inField('Título');
  await page.keyboard.type('Datos personales');
  await press('Tab');
  await press('Tab');
  await page.keyboard.type('Se tratan según la **política** de la entidad.');
  const list = page.getByRole('list', { name: 'Secciones libres, en orden' });
  await list.getByRole('listitem').last().focus();
  await press('Alt+ArrowUp');
  await house.until(async () => (await list.getByRole('textbox').first().inputValue()) === 'Datos personales');
  const notes = list.getByRole('textbox', { name: 'Título' }).last();
  await writes(notes, 'Salvedades');
  await house.enter('Volver a «Constancias de la secretaría técnica»');
  assert.equal(await notes.inputValue(), 'Constancias de la secretaría técnica');
  // The official order has its own words, which are not here to be moved.
  await house.many(list.getByRole('listitem'), 2);
});

test('what the core refuses is said at its field', async () => {
  const arms = page.locator('.picture').first();
  await arms.locator('input[type="file"]').setInputFiles(picture('escudo.png', [40, 70, 130]));
  // Without words for who cannot see it the pages wait, and say so.
  await page.getByText('La vista previa espera').waitFor();
  await arms.getByText('Falta qué muestra la imagen').waitFor();
  await press('Control+Enter');
  await page.waitForFunction(() => document.activeElement?.labels?.[0]?.textContent.startsWith('Qué muestra'));
  assert.deepEqual(await house.inBothThemes('plantilla-falta'), []);
  await page.keyboard.type('Escudo de Bogotá');
  await page.getByText('El más reciente de la instancia, con esta plantilla').waitFor();
  await house.quiet();
});

test('what is wrong in a row is said in that row', async () => {
  await house.enter('Agregar un formato');
  await house.inField('Código');
  const second = page.getByRole('group', { name: 'Formato 2' });
  await choose(second.getByRole('combobox'), 'Acta');
  await second.getByText('Hay dos formatos para').waitFor();
  assert.equal(await page.getByRole('group', { name: 'Formato 1' }).getByText('Hay dos formatos').count(), 0);
  assert.deepEqual(await house.inBothThemes('plantilla-fila'), []);
  await second.getByRole('button', { name: /^Quitar el formato/ }).focus();
  await press('Enter');
  await house.enter('Agregar una frase');
  await house.inField('Frase');
  await press('Control+Enter');
  const begun = page.getByRole('group', { name: 'Frase 2' });
  await begun.getByText('Falta la frase').waitFor();
  assert.equal(await page.getByRole('group', { name: 'Frase 1' }).getByText('Falta la frase').count(), 0);
  await begun.getByRole('button', { name: 'Quitar la frase 2' }).focus();
  await press('Enter');
  await page.getByText('El más reciente de la instancia, con esta plantilla').waitFor();
  await house.quiet();
});

test('it is tried on other papers, and the address keeps which', async () => {
  await house.go(`${PLACE}&muestra=decision_register`);
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  await inPages(/registro de decisiones/i);
  await choose(page.getByRole('combobox', { name: 'Documento de muestra' }), 'Convocatoria');
  await page.waitForURL(/muestra=notice/);
  await inPages(/convoca/i);
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('plantilla-muestra'), []);
  await house.go(PLACE);
  await inPages('Acta n.º');
});

test('it is saved with the keyboard, and offers to be taken back', async () => {
  await page.getByRole('heading', { name: 'Membrete' }).evaluate((one) => one.scrollIntoView());
  await press('Control+Enter');
  await page.getByRole('status').getByText('Plantilla guardada').waitFor();
  await state('Guardada');
  const saved = await template();
  assert.deepEqual(saved.lines, ['Alcaldía Mayor de Bogotá, D. C.', 'Dirección de Proyección Internacional']);
  assert.equal(saved.picture.alt, 'Escudo de Bogotá');
  assert.deepEqual(saved.formats, [
    { kind: 'minutes', code: 'FT-GE-012', version: '03', series: '120-05.3 Actas de comisiones' },
  ]);
  assert.equal(saved.phrases[0].text, 'Se informó el tratamiento de los datos personales.');
  const { texts } = await house.call('preview_minutes', { session_id: 'ses-2025-04' });
  assert.match(
    texts.join(' ').replaceAll(/\s+/g, ' '),
    /Próxima sesión .*Datos personales Se tratan según la política/,
  );
  assert.deepEqual(
    saved.sections.map((one) => one.title),
    ['Datos personales'],
  );
  await house.quiet();
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  assert.deepEqual(await house.inBothThemes('plantilla'), []);
});

test('a paper that is issued wears it', async () => {
  const decision = (await house.call('live_session', { session_id: SESSION })).decisions.find(
    (one) => one.number !== null,
  );
  await house.go(`/sesiones/${SESSION}/papeles/certificacion/${decision.id}`);
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  await press('Control+Enter');
  await house.asked('Emitir: Certificación de decisión');
  await press('Control+Enter');
  await page.locator('header').getByText('Emitido el 31 de diciembre de 2025').waitFor();
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  const [issued] = await house.call('list_documents', { body_id: BODY, kind: 'decision_certificate' });
  assert.deepEqual(issued.template.lines, (await template()).lines);
});

test('undo takes the template back and the form shows it', async () => {
  await house.go(PLACE);
  await writes(field('Líneas del membrete'), 'Otra entidad');
  await press('Control+Enter');
  await state('Guardada');
  await house.until(async () => (await template()).lines[0] === 'Otra entidad');
  await page.getByRole('heading', { name: 'Membrete' }).focus();
  await press('Control+z');
  await house.until(async () => (await field('Líneas del membrete').inputValue()).startsWith('Alcaldía'));
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
});

test('what was typed survives leaving the page, and discarding it asks', async () => {
  await writes(field('Líneas del membrete'), 'A medio escribir');
  await state('Cambios sin guardar');
  await house.go('/hoy');
  await house.go(PLACE);
  await page.getByText('Se recuperó lo que se escribía').waitFor();
  assert.equal(await field('Líneas del membrete').inputValue(), 'A medio escribir');
  await house.enter('Descartar…');
  await house.asked('¿Descartar los cambios de la plantilla?');
  assert.deepEqual(await house.violations(), []);
  await press('Escape');
  assert.equal(await field('Líneas del membrete').inputValue(), 'A medio escribir');
  await house.enter('Descartar…');
  await house.asked('¿Descartar los cambios de la plantilla?');
  await press('Control+Enter');
  await house.until(async () => (await field('Líneas del membrete').inputValue()).startsWith('Alcaldía'));
  await state('Guardada');
});

test('a picture is taken away, and the seal goes where it is signed', async () => {
  await house.enter('Quitar el escudo o logotipo');
  const seal = page.locator('.picture').last();
  await seal.locator('input[type="file"]').setInputFiles(picture('sello.png', [130, 60, 40]));
  await writes(seal.getByRole('textbox', { name: 'Qué muestra la imagen' }), 'Sello de la Comisión');
  await press('Control+Enter');
  await state('Guardada');
  const saved = await template();
  assert.equal(saved.picture, null);
  assert.equal(saved.seal.file, 'sello.png');
  await page.getByText('El más reciente de la instancia, con esta plantilla').waitFor();
  await house.quiet();
  await page.getByRole('heading', { name: 'Frases fijas' }).evaluate((one) => one.scrollIntoView());
  assert.deepEqual(await house.inBothThemes('plantilla-secciones'), []);
});

test('complete in a small window and in English', async () => {
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(PLACE);
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  assert.deepEqual(await house.inBothThemes('plantilla-pequena'), []);
  await house.prefer({ language: 'en' });
  await house.restart(PLACE);
  await state('Saved');
  assert.deepEqual(await house.inBothThemes('plantilla-en'), []);
  await house.prefer({ language: 'es' });
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('in an archive open for reading only it is seen and not changed', async () => {
  const { folder } = await house.test('state');
  await house.call('close_archive');
  await house.call('open_archive', { path: `${folder}/comision.actario`, read_only: true });
  await house.restart(PLACE);
  await page.locator('header').getByText('Abierto solo para leer').waitFor();
  assert.equal(await field('Líneas del membrete').getAttribute('readonly'), '');
  assert.equal(await page.getByRole('button', { name: 'Guardar la plantilla' }).count(), 0);
  await inPages('Alcaldía Mayor de Bogotá, D. C.');
  assert.deepEqual(await house.inBothThemes('plantilla-solo-lectura'), []);
  assert.deepEqual(house.complaints, []);
});
