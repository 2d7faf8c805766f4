// What is pasted into a text from Word or a page keeps its paragraphs, lists and tables, and prints as it is seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HELD, ACTA } from './approved-minutes.mjs';
import { houseOfStories } from './house.mjs';
import { assertPrinted } from './session.mjs';

const house = await houseOfStories();
const { page, press } = house;
const minutes = () => house.call('get_minutes_view', { session_id: HELD });
const text = page.getByRole('textbox', { name: 'Relato de la secretaría' });
/** The narrative shown, as the core keeps it. */
const narrative = async () => (await minutes()).assembly.items.find((one) => one.number === '5').narrative;
async function written(holds) {
  let seen;
  await house
    .until(async () => holds((seen = await narrative())))
    .catch((never) => assert.fail(`${never.message}\nkept: ${JSON.stringify(seen)}`));
}
const types = () => text.evaluate((element) => [...element.children].map((one) => one.localName).join(' '));

/**
 * Waits until the editor itself has the cursor in the last element that `selector` finds, at its end when `atEnd`:
 * the browser shows the cursor there before it tells the editor, and a key in between would go to the old place.
 */
const cursorIn = (selector, { atEnd = false } = {}) =>
  page.waitForFunction(
    ([within, end]) => {
      const { view, state } = document.querySelector('.ProseMirror').editor;
      const place = [...view.dom.querySelectorAll(within)].at(-1);
      const { node } = view.domAtPos(state.selection.head);
      return place?.contains(node) && (!end || state.selection.head >= state.doc.content.size - 1);
    },
    [selector, atEnd],
  );

/** The cursor goes to the end of the text. */
async function toEnd() {
  await text.focus();
  await house.quiet();
  await press('Control+End');
  await cursorIn(':scope > :last-child', { atEnd: true });
}

/** Puts on the clipboard what a program that copies puts there, and pastes it where the keys are. */
async function paste(html, plain = '') {
  await page.evaluate(
    (given) =>
      addEventListener(
        'copy',
        (event) => {
          for (const [type, data] of Object.entries(given)) if (data) event.clipboardData.setData(type, data);
          event.preventDefault();
          event.stopImmediatePropagation();
        },
        { capture: true, once: true },
      ),
    { 'text/html': html, 'text/plain': plain },
  );
  await press('Control+c');
  await press('Control+v');
}
const entry = (level, sign, words) =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:${36 * level}pt;mso-list:l0 level${level} lfo1'><![if !supportLists]>` +
  `<span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>${words}<o:p></o:p></p>`;
const cell = (words) =>
  `<td style='border:solid 1pt;padding:0cm 5.4pt'><p class=MsoNormal><span style='font-size:11pt;color:#1F3864'>${words}<o:p></o:p></span></p></td>`;
const WORD =
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {font-family:Calibri}</style></head><body><!--StartFragment-->` +
  `<h1 style='color:#2F5496'><b>Análisis financiero<o:p></o:p></b></h1>` +
  `<p class=MsoNormal style='text-align:justify'><span style='font-family:"Arial"'>El equipo estimó los <b>costos recíprocos</b> y los ` +
  `<i>aportes en especie</i>.<img src="file:///C:/mapa.png"><o:p></o:p></span></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>` +
  entry(1, '·', 'Residencias de creación') +
  entry(2, 'o', 'Pasajes de cuatro agrupaciones') +
  entry(2, 'o', 'Alojamiento') +
  entry(1, '·', 'Circulación') +
  `<table class=MsoTableGrid border=1><tr>${cell('<b>Rubro</b>')}${cell('<b>Aporte de Bogotá</b>')}${cell('<b>Aporte de Montreal</b>')}</tr>` +
  `<tr>${cell('Pasajes')}${cell('$ 48.200.000')}${cell('$ 51.000.000')}</tr><tr>${cell('Alojamiento')}${cell('$ 17.350.000')}${cell('$ 16.900.000')}</tr></table>` +
  `<p class=MsoNormal>Los valores son de noviembre.<o:p></o:p></p><!--EndFragment--></body></html>`;
const MARKDOWN = `## Análisis financiero

El equipo estimó los **costos recíprocos** y los _aportes en especie_.

- Residencias de creación
  - Pasajes de cuatro agrupaciones
  - Alojamiento
- Circulación

| Rubro | Aporte de Bogotá | Aporte de Montreal |
| --- | --- | --- |
| Pasajes | $ 48.200.000 | $ 51.000.000 |
| Alojamiento | $ 17.350.000 | $ 16.900.000 |

Los valores son de noviembre.
`;

test('from Word: what it looks like stays behind, lists and tables are such, and an image is told', async () => {
  await house.go(`${ACTA}?vista=text`);
  await page
    .getByRole('navigation', { name: 'Puntos del acta' })
    .getByRole('button', { name: /^5 ?Propuesta/ })
    .press('Enter');
  await page.getByRole('heading', { name: /^5. Propuesta/ }).waitFor();
  await house.quiet();
  await toEnd();
  await press('Enter');
  const before = await types();
  await paste(WORD, 'lo mismo sin formato');
  await text.locator('table').waitFor();
  assert.equal(await types(), `${before.replace(/ p$/, '')} h2 p ul table p`);
  await page.getByText('La imagen no se pegó: el texto no lleva imágenes. Se agregan como anexo.').waitFor();
  assert.equal(await text.locator('[style], img, font, span[lang]').count(), 0);
  await text.locator('table').scrollIntoViewIfNeeded();
  assert.deepEqual(await house.inBothThemes('pegar-word'), []);
  // One step takes it back whole, and brings it again.
  await press('Control+z');
  assert.equal(await types(), before);
  await press('Control+Shift+z');
  await text.locator('table').waitFor();
  await press('F6');
  await written((one) => one.endsWith(MARKDOWN));
});

test('in a table the keys go from cell to cell and leave it; rows and columns are added and taken', async () => {
  const cells = text.locator('th, td');
  const inCell = () =>
    page.evaluate(() => {
      const { anchorNode: node } = getSelection();
      return (node instanceof Element ? node : node.parentElement).closest('th, td')?.textContent ?? null;
    });
  await cells.last().click();
  await cursorIn('th, td');
  await press('Shift+Tab');
  assert.equal(await inCell(), '$ 17.350.000');
  await press('Enter');
  await house.many(text.locator('tr'), 4);
  await page.keyboard.type('Total');
  await press('Tab');
  await paste('', 'doscientos\nmillones');
  assert.equal(await inCell(), 'doscientos millones');
  assert.deepEqual(await house.inBothThemes('pegar-tabla'), []);
  await page.setViewportSize({ width: 1024, height: 640 });
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('pegar-tabla-pequena'), []);
  await page.setViewportSize({ width: 1366, height: 768 });
  await house.quiet();
  await house.enter('Agregar columna a la derecha');
  await house.many(cells, 16);
  await press('Tab');
  assert.equal(await inCell(), '');
  await house.enter('Quitar columna');
  await house.enter('Quitar fila');
  await house.many(cells, 9);
  await cells.first().click();
  await house.enter('Quitar fila');
  await house.many(text.locator('tr:first-child th'), 3);
  await press('Control+z');
  await text.locator('th', { hasText: 'Rubro' }).waitFor();
  await press('F6');
  await house.quiet();
});

test('text without looks keeps its lines; an image alone leaves the text as it is', async () => {
  await toEnd();
  await press('Enter');
  await paste('', 'Primera línea\n- segunda, tal cual\n\nOtro párrafo');
  await press('F6');
  await written((one) => one.endsWith('Primera línea\\\n\\- segunda, tal cual\n\nOtro párrafo\n'));
  await toEnd();
  await paste('<img src="https://ejemplo.invalid/x.png" width="300">');
  await page.getByText('La imagen no se pegó').first().waitFor();
  await press('F6');
  await written((one) => one.endsWith('Otro párrafo\n'));
});

test('it is there again as it was left, and prints as it is seen', async () => {
  const kept = await narrative();
  await house.restart(`${ACTA}?vista=text`);
  await page
    .getByRole('navigation', { name: 'Puntos del acta' })
    .getByRole('button', { name: /^5 ?Propuesta/ })
    .press('Enter');
  await text.locator('table').waitFor();
  assert.equal(await page.locator('.lossy').count(), 0);
  assert.equal(await narrative(), kept);
  await assertPrinted(
    house,
    ['Análisis financiero', 'Pasajes de cuatro agrupaciones', 'Aporte de Bogotá', '$ 48.200.000', 'segunda, tal cual'],
    HELD,
  );
  await house.go(ACTA);
  await page.locator('.page canvas').first().waitFor();
  const { texts } = await house.call('preview_minutes', { session_id: HELD });
  const at = texts.findIndex((one) => one.replaceAll(/\s+/g, ' ').includes('48.200.000'));
  for (let n = 0; n < at; n += 1) await house.enter('Página siguiente');
  await page.locator('.where', { hasText: `Página ${at + 1} de` }).waitFor();
  await page.getByText('48.200.000').first().scrollIntoViewIfNeeded();
  await house.quiet();
  assert.deepEqual(await house.inBothThemes('pegar-impreso'), []);
  assert.deepEqual(house.complaints, []);
});
