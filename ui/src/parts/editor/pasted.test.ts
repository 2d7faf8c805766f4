import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHtml } from './html';
import { parse, write } from './markdown';
import { readPasted } from './pasted';

const markdown = (html: string) => write(readPasted(html).doc);

/** A paragraph of a list as Word writes it. */
const word = (level: number, sign: string, words: string, of = 'l0') =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:${level * 36}.0pt;text-indent:-18.0pt;mso-list:${of} level${level} lfo1'>` +
  `<![if !supportLists]><span lang=ES-CO style='font-family:Symbol;mso-fareast-font-family:Symbol'>` +
  `<span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span>` +
  `<![endif]><span lang=ES-CO style='mso-fareast-language:ES'>${words}<o:p></o:p></span></p>\n`;
const wordPage = (body: string) =>
  `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">\n<head>` +
  `<meta name=Generator content="Microsoft Word 15"><style><!-- @list l0:level1 {mso-level-number-format:bullet;} --></style></head>\n` +
  `<body lang=ES-CO link="#0563C1"><!--StartFragment-->${body}<!--EndFragment--></body></html>`;

describe('from Word', () => {
  for (const [name, html, expected] of [
    [
      'paragraphs with fonts, colours and their marks',
      `<p class=MsoNormal style='text-align:justify'><b><span style='font-size:12.0pt;font-family:"Arial",sans-serif;color:red'>Primero.` +
        `</span></b><span style='color:#1F3864'> La <i style='mso-bidi-font-style:normal'>Secretaría</i>\r\nTécnica informa<o:p></o:p></span></p>` +
        `<p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Segundo<span style='mso-spacerun:yes'>&nbsp; </span>párrafo, n.º&nbsp;3.</p>`,
      '**Primero.** La _Secretaría_ Técnica informa\n\nSegundo párrafo, n.º&#160;3.\n',
    ],
    [
      'headings',
      `<p class=MsoTitle>Informe</p><h1><b>Antecedentes<o:p></o:p></b></h1><h2><span style='mso-list:Ignore'>1.1.<span>&nbsp; </span></span>Alcance</h2>` +
        `<h3>Detalle</h3><p class=Subtitulado style='mso-outline-level:2'>Otro</p>`,
      '## Informe\n\n## Antecedentes\n\n### 1\\.1. Alcance\n\n### Detalle\n\n### Otro\n',
    ],
    [
      'a list of signs in two levels',
      word(1, '·', 'Uno') +
        word(2, 'o', 'Uno <b>a</b>') +
        word(2, 'o', 'Uno b') +
        word(3, '§', 'Hondo') +
        word(1, '·', 'Dos'),
      '- Uno\n  - Uno **a**\n  - Uno b\n    - Hondo\n- Dos\n',
    ],
    [
      'a numbered list that begins at four, with letters inside and signs after',
      word(1, '4.', 'Cuatro') +
        word(2, 'a)', 'letra') +
        word(2, 'b)', 'otra') +
        word(1, '5.', 'Cinco') +
        word(1, '·', 'Suelta', 'l1'),
      '4. Cuatro\n   1. letra\n   2. otra\n5. Cinco\n\n- Suelta\n',
    ],
    [
      'a list whose sign is in the text alone, and a paragraph that goes on with an entry',
      `<p class=MsoListParagraph>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span>Uno</p>` +
        `<p class=MsoListParagraphCxSpMiddle>Sigue el uno</p><p class=MsoListParagraph style='margin-left:72.0pt'>1. Adentro</p>` +
        `<p class=MsoNormal>Fuera</p><p class=MsoListParagraph>Sangrado y nada más</p>`,
      '- Uno\n\n  Sigue el uno\n\n  1. Adentro\n\nFuera\n\nSangrado y nada más\n',
    ],
    [
      'a table, its head in bold, with joined cells and a list inside',
      `<p class=MsoNormal>Antes</p><table class=MsoTableGrid border=1 cellspacing=0 style='border-collapse:collapse'><tr>` +
        `<td width=100 style='background:#D9E2F3'><p class=MsoNormal><b>Rubro<o:p></o:p></b></p></td><td colspan=2><p><b>Valor | saldo</b></p></td></tr>` +
        `<tr><td rowspan=2><p class=MsoNormal>Pasajes</p><p class=MsoNormal>y viáticos</p></td><td><p align=right>1.200</p></td><td><p><b>300</b></p></td></tr>` +
        `<tr><td>${word(1, '·', 'uno')}${word(1, '·', 'dos')}</td><td><p><o:p>&nbsp;</o:p></p></td></tr></table>`,
      'Antes\n\n| Rubro | Valor \\| saldo |  |\n| --- | --- | --- |\n| Pasajes y viáticos | 1.200 | **300** |\n|  | · uno · dos |  |\n',
    ],
    [
      'what is not part of the text: comments, tracked deletions, fields, hidden text',
      `<p class=MsoNormal>Se <del cite="mailto:ana" datetime="2026-02-01">niega</del><ins cite="mailto:ana">aprueba</ins> el informe` +
        `<span class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor id="_anchor_1" href="#_msocom_1">[A1]</a></span></span>` +
        `<span style='mso-hide:all'>oculto</span>.</p><script>alert(1)</script><xml><w:data>x</w:data></xml>` +
        `<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Nota al margen</p></div></div>`,
      'Se aprueba el informe.\n',
    ],
    [
      'links that lead somewhere, and those that do not',
      `<p>Ver <a href="https://bogota.gov.co/año?a=1&amp;b=2"><span style='color:blue'>la página</span></a>, ` +
        `<a href="#_Toc1">el índice</a>, <a name=marca>la marca</a>, <a href="javascript:alert(1)">nada</a> y <a href="file:///C:/x">el archivo</a></p>`,
      'Ver [la página](<https://bogota.gov.co/a%C3%B1o?a=1&amp;b=2>), el índice, la marca, nada y el archivo\n',
    ],
  ] as const)
    test(name, () => expect(markdown(wordPage(html))).toBe(expected));
});

describe('from elsewhere', () => {
  for (const [name, html, expected] of [
    [
      'LibreOffice: a list in a list outside its entry, fonts, a table with a head',
      `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><style>p { line-height: 115% }</style></head>` +
        `<body lang="es-CO"><h2 class="western">Cifras</h2><p style="line-height: 100%"><font face="Liberation Serif"><font size="3"><b>Total:</b> 12</font></font></p>` +
        `<ol start="2"><li><p>Dos</p></li><ul><li><p>interior</p></li></ul><li><p>Tres</p></li></ol>` +
        `<table cellpadding="4"><thead><tr><th><p>Año</p></th><th>Valor</th></tr></thead><tbody><tr><td>2026</td><td sdval="5">5</td></tr></tbody></table></body></html>`,
      '## Cifras\n\n**Total:** 12\n\n2. Dos\n   - interior\n3. Tres\n\n| Año | Valor |\n| --- | --- |\n| 2026 | 5 |\n',
    ],
    [
      'Google Docs: marks in styles, within a bold that is none',
      `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"><span style="font-weight:400">Acta</span></h1>` +
        `<p dir="ltr"><span style="font-weight:700;font-style:normal">Uno</span><span style="font-weight:400;font-style:italic"> dos</span></p><br>` +
        `<ul><li dir="ltr" style="list-style-type:disc" aria-level="1"><p role="presentation"><span>A</span></p></li>` +
        `<ul><li aria-level="2"><p><span>B</span></p></li></ul></ul><div align="left"><table><colgroup><col/></colgroup><tbody>` +
        `<tr><td><p><span>x</span></p></td><td><p><span>y</span></p></td></tr></tbody></table></div></b>`,
      '## Acta\n\n**Uno** _dos_\n\n- A\n  - B\n\n| x | y |\n| --- | --- |\n',
    ],
    [
      'Word on the web: each entry in a list of its own',
      `<div class="ListContainerWrapper SCXW1"><ul role="list"><li data-leveltext="" data-aria-level="1"><p class="Paragraph"><span>Uno</span></p></li></ul></div>` +
        `<div class="ListContainerWrapper SCXW1"><ul role="list"><li data-aria-level="2"><p><span>Dentro</span></p></li></ul></div>` +
        `<div class="ListContainerWrapper SCXW1"><ul role="list"><li data-aria-level="1"><p><span>Dos</span></p></li></ul></div>`,
      '- Uno\n  - Dentro\n- Dos\n',
    ],
    [
      'a page: sections, line breaks, quotes, preformatted lines, rules and entities',
      `<article><h2>Título</h2><section>Suelto <em>y</em><br>seguido<p>Otro&nbsp;<span class="Apple-converted-space">&nbsp;</span>más</p></section><hr>` +
        `<blockquote><p>Cita</p></blockquote><pre>uno\n  dos</pre><dl><dt>Voz</dt><dd>Sentido 1 &lt; 2</dd></dl><nav><svg><text>no</text></svg></nav></article>`,
      '## Título\n\nSuelto _y_\\\nseguido\n\nOtro más\n\n> Cita\n\nuno\\\ndos\n\nVoz\n\nSentido 1 \\< 2\n',
    ],
    [
      'a page that is laid out with tables, and a title over a table',
      `<table><tr><td><p>Izquierda</p></td><td><table><tr><td colspan="2">Gastos</td></tr><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>`,
      'Izquierda\n\nGastos\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n',
    ],
    ['words alone', 'solo <b>esto</b>', 'solo **esto**\n'],
    [
      'words that would be Markdown',
      '<p># no</p><p>1. tampoco</p><p>{{block:vote-1}} | x</p>',
      '\\# no\n\n1\\. tampoco\n\n\\{\\{block:vote-1\\}\\} \\| x\n',
    ],
    ['nothing', '<p>&nbsp;</p><ul><li></li></ul><table><tr><td> </td></tr></table>', ''],
  ] as const)
    test(name, () => expect(markdown(html)).toBe(expected));
});

test('the lines of a program, in a heading or a cell, are one line', () => {
  for (const html of [
    '<h3><pre>uno\ndos</pre></h3>',
    '<table><tr><td>A</td><td>B</td></tr><tr><td><pre>uno\r\ndos</pre></td><td>x</td></tr></table>',
  ]) {
    const { doc } = readPasted(html);
    expect(parse(write(doc))).toEqual(doc);
    expect(write(doc)).toContain('uno dos');
  }
});

test('images are counted, but for the dots of mails; so are passages deleted with change tracking', () => {
  const { doc, images, deletions } = readPasted(
    `<p>Mapa <img src="https://x/y.png"><img src="data:image/png;base64,AA" alt="z"><img width="1" height="1" src="https://t"></p>` +
      `<picture><source><img src="a"></picture><del>uno</del><del> </del>`,
  );
  expect([write(doc), images, deletions]).toEqual(['Mapa\n', 3, 1]);
});

test('a picture written out in the page, and an unfinished tag, are read in no time', () => {
  const picture = `<p style="color:red">Mapa<img src="data:image/png;base64,${'A'.repeat(20_000_000)}" style='x'></p>`;
  expect(readPasted(`${picture}<p title='it`)).toMatchObject({ images: 1 });
}, 10_000);

const ALLOWED = new Set('P H2 H3 UL OL LI BLOCKQUOTE TABLE TBODY TR TH TD STRONG EM A BR'.split(' '));
const NAMES =
  'p div span b i em strong font h1 h2 h3 h5 ul ol li table tbody tr td th a br pre blockquote del img script style o:p section u s sup code hr dl dt center'.split(
    ' ',
  );
const ATTRIBUTES = [
  '',
  ` style="font-weight:700"`,
  ` style="mso-list:l0 level2 lfo1" class=MsoListParagraph`,
  ` class="MsoListParagraph"`,
  ` onclick="alert(1)" id=x`,
  ` href="javascript:alert(1)"`,
  ` href="https://a.co/á b?x=[1]&y=(2)"`,
  ` colspan=3 rowspan=2`,
  ` start=7`,
  ` style="font-style:italic;color:red"`,
];
const piece = fc.oneof(
  fc.constantFrom(
    'uno',
    ' ',
    '·&nbsp;',
    '1. ',
    '&lt;b&gt;',
    '|',
    '# ',
    '\n',
    '&nbsp;',
    'ñ',
    '**',
    '{{block:a}}',
    '\\',
    ':--',
  ),
  fc.string({ unit: 'grapheme', maxLength: 3 }).map((text) => text.replaceAll('<', '')),
);
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    piece,
    fc
      .record({
        name: fc.constantFrom(...NAMES),
        attributes: fc.constantFrom(...ATTRIBUTES),
        inside: fc.array(tie('tree'), { maxLength: 4 }),
      })
      .map(({ name, attributes, inside }) => `<${name}${attributes}>${inside.join('')}</${name}>`),
  ),
}));

test('whatever is pasted, only what the editor offers remains, and its Markdown is read back', () => {
  fc.assert(
    fc.property(fc.array(tree, { maxLength: 5 }), (parts) => {
      const { doc } = readPasted(parts.join(''));
      expect(parse(write(doc))).toEqual(doc);
      const { body } = new DOMParser().parseFromString(toHtml(doc), 'text/html');
      for (const element of body.querySelectorAll('*')) {
        expect(ALLOWED).toContain(element.tagName);
        for (const { name, value } of element.attributes)
          if (name === 'href') expect(value).toMatch(/^(https?|mailto|tel):/);
          else expect([element.tagName, name]).toEqual(['OL', 'start']);
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('no word is lost that a page would show', () => {
  const shown = fc.constantFrom(
    ...'p div span b em font h2 ul ol li table tr td a pre blockquote section sup code'.split(' '),
  );
  const { branch } = fc.letrec<{ branch: string }>((tie) => ({
    branch: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constantFrom('uno', 'dos ', ' tres', 'ñandú'),
      fc
        .record({ name: shown, inside: fc.array(tie('branch'), { maxLength: 4 }) })
        .map(({ name, inside }) => `<${name}>${inside.join('')}</${name}>`),
    ),
  }));
  const letters = (text: string) => [...text.replaceAll(/[^\p{L}]/gu, '')].sort().join('');
  fc.assert(
    fc.property(fc.array(branch, { maxLength: 4 }), (parts) => {
      const html = parts.join('');
      const { body } = new DOMParser().parseFromString(html, 'text/html');
      const { body: kept } = new DOMParser().parseFromString(toHtml(readPasted(html).doc), 'text/html');
      expect(letters(kept.textContent)).toBe(letters(body.textContent));
    }),
    { numRuns: 100 },
  );
}, 60_000);
