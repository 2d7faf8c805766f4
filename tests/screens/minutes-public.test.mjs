// Acta: what the law keeps from the public is left out of its public version, which is issued, published and indexed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTA, HELD, houseWithApprovedMinutes, MINUTES } from './approved-minutes.mjs';
import * as session from './session.mjs';

/** Said in the account of an item and in a commitment. */
const WORDS = 'agrupaciones sin experiencia de viaje';
const house = await houseWithApprovedMinutes();
const { page, press, enter, asked } = house;

const view = () => house.call('get_public_version', { minutes_id: MINUTES });
const until = (holds) => house.until(async () => holds(await view()), String(holds));
const text = page.getByRole('main');
const side = page.locator('aside');
const field = (name) => page.locator('.dialog').getByRole('textbox', { name });
const outline = (name) =>
  page.getByRole('navigation', { name: 'Partes del acta' }).getByRole('button', { name }).press('Enter');
const day = async (name, typed) => {
  await page.locator('.dialog').getByRole('group', { name }).getByRole('spinbutton').first().focus();
  await page.keyboard.type(typed);
};

test('from the page of the minutes the keys go on to their public version, which tells what it needs', async () => {
  await house.go(ACTA);
  await enter('Versión pública', { exact: true });
  await house.quiet();
  const views = page.getByRole('group', { name: 'Qué se muestra del acta' });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Versión pública');
  assert.equal(await views.locator('[aria-pressed="true"]').textContent(), 'Versión pública');
  await side.getByText('El acta se firma antes').waitFor();
  await side.getByText('Faltan por revisar 11 anexos').waitFor();
  await side.getByText('Ningún pasaje retirado.').waitFor();
  await side.getByText('Nunca se publica: lleva firmas y datos personales.').waitFor();
  const issue = page.getByRole('button', { name: 'Emitir la versión pública…' });
  assert.equal(await issue.getAttribute('aria-disabled'), 'true');
  assert.match(await issue.getAttribute('title'), /El acta se firma antes/);
  assert.deepEqual(await house.inBothThemes('publica-vacia'), []);
  await enter('Ir al acta');
  await page.getByRole('button', { name: 'Aprobar el acta…' }).waitFor();

  await house.call('adopt_minutes', { minutes_id: MINUTES, approved_in_session_id: session.SESSION });
  for (const role of ['chair', 'secretariat']) await house.call('sign_minutes', { minutes_id: MINUTES, role });
});

test('words of a paragraph are withheld as classified, wherever the minutes say them', async () => {
  await house.go(`${ACTA}?vista=public`);
  await outline(/^5 ?Propuesta/);
  const name = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.match(await name(), /^Retirar el punto completo: 5\. Propuesta: intercambio/);
  await press('ArrowDown');
  assert.match(await name(), /^Retirar un pasaje de «/);
  while (!(await page.evaluate(() => document.activeElement.parentElement.textContent)).includes(WORDS.slice(13)))
    await press('ArrowDown');
  await press('Enter');
  await asked('Retirar un pasaje');
  assert.match(await field('Palabras que se retiran').inputValue(), /intercambio con Montreal|agrupaciones/);
  // All that is missing is said at its field, the first of which has the keys.
  await press('Control+Enter');
  await page.getByText('Escoja si es clasificada o reservada.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.value), 'classified');
  await press('Space');
  await field('Palabras que se retiran').fill('agrupaciones con experiencia de viaje');
  await field('Norma que lo permite').fill('Ley 1712 de 2014, art. 18, literal a)');
  await press('Control+Enter');
  await page.locator('.dialog .error', { hasText: 'derecho o interés' }).waitFor();
  await house.inField('Derecho o interés que se protege');
  await page.keyboard.type('Intimidad de quienes pidieron los cupos');
  await press('Control+Enter');
  await page.getByText(`Lo más cercano es «`).waitFor();
  await house.inField('Palabras que se retiran');
  assert.equal(await field('Quién lo decidió').inputValue(), 'Gloria Peña, secretaria técnica');
  await press('Control+a');
  await page.keyboard.type(WORDS);
  assert.deepEqual(await house.inBothThemes('publica-retirar'), []);
  await press('Control+Enter');
  await until((one) => one.passages.length === 1);
  const [passage] = (await view()).passages;
  assert.ok(passage.times >= 2, `taken out ${passage.times} times`);
  await side.getByText(`Se retira ${passage.times} veces`).waitFor();
  // Marked with its number wherever the text says it.
  assert.ok((await text.locator('del', { hasText: WORDS }).count()) >= 2);
  assert.match(await text.locator('del').first().textContent(), /inicio del pasaje 1, retirado/);
});

test('selected words are those the dialog begins with; F3 opens it', async () => {
  const row = text.locator('.paragraph', { hasText: 'residencias eran recíprocas' });
  const select = () =>
    row.evaluate((element) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('residencias');
        if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + 'residencias eran'.length);
      }
    });
  await select();
  await press('F3');
  await asked('Retirar un pasaje');
  assert.equal(await field('Palabras que se retiran').inputValue(), 'residencias eran');
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
  // The mouse does not lose what is selected, either.
  await select();
  await row.hover();
  await row.getByRole('button').click();
  await asked('Retirar un pasaje');
  assert.equal(await field('Palabras que se retiran').inputValue(), 'residencias eran');
  await press('Escape');
  await page.waitForFunction(() => !document.querySelector('.dialog'));
});

test('an item is withheld whole as reserved: without a term, and beyond fifteen years, its field says why not', async () => {
  await enter(/^Retirar el punto completo: 6\./);
  await asked('Se quita lo tratado en «6. Propuesta: liderazgo en redes de ciudades»');
  await page.getByRole('radio', { name: /^Reservada/ }).focus();
  await press('Space');
  await field('Norma que lo permite').fill('Ley 1712 de 2014, art. 19, literal c)');
  await field('Derecho o interés que se protege').fill('Relaciones internacionales');
  await press('Control+Enter');
  const wrong = page.locator('.dialog .field', { hasText: 'Hasta' }).locator('.error');
  await wrong.getByText('La información reservada tiene un plazo').waitFor();
  await page.waitForFunction(() => document.activeElement.closest('.dialog .field')?.querySelector('.error'));
  assert.deepEqual(await house.inBothThemes('publica-reservar'), []);
  await day('Hasta', '01012041');
  await press('Control+Enter');
  await wrong.getByText('quince años como máximo').waitFor();
  await day('Hasta', '20112030');
  await press('Control+Enter');
  await until((one) => one.passages.length === 2);
  await text.getByText('Pasaje 2: se retira el punto completo.').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Retirar el punto completo: 6\./ }).count(), 0);
  await house.restart(`${ACTA}?vista=public`);
  await outline(/^6 ?Propuesta/);
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^6\. Propuesta/);
  assert.deepEqual(await house.inBothThemes('publica-punto'), []);
  await outline(/^5 ?Propuesta/);
  assert.deepEqual(await house.inBothThemes('publica-pasajes'), []);
});

test('a passage is changed, taken back and withheld again by undoing', async () => {
  await enter('Modificar el pasaje 1');
  await asked('Modificar el pasaje 1');
  await field('Derecho o interés que se protege').fill('Derecho a la intimidad');
  await press('Control+Enter');
  await until((one) => one.passages[0].withholding.purpose === 'Derecho a la intimidad');
  await enter('Quitar la anotación del pasaje 1');
  await until((one) => one.passages.length === 1);
  await page.getByText('Pasaje de nuevo público').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Pasajes retirados');
  await press('Control+z');
  await until((one) => one.passages.length === 2);
});

test('publishing waits for the public version, says so and leads to it', async () => {
  await house.go(ACTA);
  await enter('Publicar');
  await asked('Lo que se publica es la versión pública, sin los 2 pasajes retirados.');
  await press('Control+Enter');
  await page.getByRole('alert').getByText('Emítala antes de publicar.').waitFor();
  assert.deepEqual(await house.inBothThemes('publica-publicar'), []);
  await enter('Ir a la versión pública');
  await side.getByText('Faltan por revisar 11 anexos').waitFor();
});

test('annexes are reviewed: one is published, another is not and says why', async () => {
  await enter('Ver el anexo');
  await page.waitForFunction(() => document.activeElement.ariaLabel === 'Se publica: Convocatoria y orden del día');
  await press('Enter');
  await until((one) => one.annexes[0].annex.review);
  await enter('No se publica: Acto de delegación: Resolución 52 de 2025');
  await asked('No publicar el anexo');
  await press('Control+Enter');
  await page.locator('.dialog .error').waitFor();
  await house.inField('Por qué no se publica');
  await page.keyboard.type('Lleva datos personales de quien delega.');
  assert.deepEqual(await house.violations(), []);
  await press('Control+Enter');
  await until((one) => one.annexes[2].annex.review);
  await side.getByText('No se publica: Lleva datos personales de quien delega.').waitFor();
  for (const { annex, publishable } of (await view()).annexes)
    if (publishable && !annex.review) await house.call('review_annex', { id: annex.id, public: true });
  await side.getByText('Nada falta para emitirla.').waitFor();
});

test('its pages are seen, it is issued and opened, and the minutes are published', async () => {
  await enter('Vista previa');
  await page.locator('.page canvas').first().waitFor();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('publica-vista'), []);
  const { texts } = await house.call('preview_public_version', { minutes_id: MINUTES });
  assert.ok(!texts.join(' ').replaceAll(/\s+/g, ' ').includes(WORDS));
  await enter('Texto', { exact: true });
  await enter('Emitir la versión pública…');
  await asked('Retira 2 pasajes.');
  assert.deepEqual(await house.inBothThemes('publica-emitir'), []);
  await press('Control+Enter');
  await until((one) => one.current);
  await side.getByText('Dice lo de ahora').waitFor();
  assert.deepEqual(await house.inBothThemes('publica'), []);
  await enter(/^Abrir en el visor: acta-04-2025-version-publica\.pdf/);
  await house.handled('acta-04-2025-version-publica.pdf');
  await enter('Publicar');
  await asked('Registrar la publicación');
  await press('Control+Enter');
  await house.until(
    async () => (await house.call('get_minutes_view', { session_id: HELD })).minutes.status === 'published',
  );
});

test('once what it leaves out changes, the one issued no longer says it', async () => {
  await enter('Modificar el pasaje 2');
  await asked('Modificar el pasaje 2');
  await day('Hasta', '19112030');
  await press('Control+Enter');
  await until((one) => !one.current);
  await side.getByText('Ya no dice lo de ahora').waitFor();
});

test('the index tells both and never their words, until a term ends; from it to the public version', async () => {
  await house.go('/actas');
  await page.getByRole('link', { name: 'Información clasificada y reservada' }).press('Enter');
  const table = page.getByRole('table', { name: 'Información clasificada y reservada' });
  const rows = table.locator('tbody tr');
  await rows.first().waitFor();
  const told = await rows.allInnerTexts();
  assert.equal(told.length, 2);
  assert.match(told[0], /Clasificada[^]*literal a\)[^]*Derecho a la intimidad[^]*Parcial[^]*Sin término/);
  assert.match(told[1], /Reservada[^]*literal c\)[^]*El punto completo[^]*19.nov.2030/);
  assert.ok(!(await table.innerText()).includes(WORDS));
  assert.deepEqual(await house.inBothThemes('actas-reservada'), []);
  await session.at(house, '2030-12-02T15:00:00Z');
  await house.restart('/actas/reservada');
  await rows.nth(1).getByText('vencido').waitFor();
  await rows.nth(1).getByRole('link').press('Enter');
  await side.getByText('su plazo terminó el 19 de noviembre de 2030').first().waitFor();
  await enter('Ver el pasaje');
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Modificar el pasaje 2');
});

test('in English, at the smallest window; and with nothing withheld', async () => {
  await house.prefer({ language: 'en' });
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.restart(`${ACTA}?vista=public`);
  await page.getByRole('heading', { name: 'Withheld passages' }).waitFor();
  assert.deepEqual(await house.inBothThemes('publica-en'), []);
  await enter('Change passage 1');
  await asked('Change passage 1');
  assert.deepEqual(await house.inBothThemes('publica-retirar-en'), []);
  await press('Escape');
  await house.restart('/actas/reservada');
  await page.getByRole('table').waitFor();
  assert.deepEqual(await house.inBothThemes('actas-reservada-en'), []);
  await house.go('/actas/reservada?instancia=body-grupo');
  await page.getByText('No passage is withheld.').waitFor();
  assert.deepEqual(await house.violations(), []);
  assert.deepEqual(house.complaints, []);
});
