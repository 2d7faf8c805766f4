/**
 * Between the Markdown that is stored (CommonMark and its tables, as the core prints them) and the document that is edited. Own code, because editors'
 * writers damage what was typed: "# 3 del orden" must not come back as a heading, nor "- Sí" as a list.
 *
 * The document holds only what the toolbar offers: paragraphs, headings 2 and 3, lists, quotes, tables, bold,
 * italic, links, line breaks, and locked blocks. Anything else makes {@link parse} answer `undefined`: such a text is
 * edited as Markdown, so that nothing is lost.
 */
import MarkdownIt from 'markdown-it';
import { ALIGNMENTS, markKey, normal, type Doc, type Mark } from './normal';

const BLOCK_LINE = /^\{\{block:([a-z0-9-]{1,64})\}\}$/;

// ---------------------------------------------------------------- reading

const reader = new MarkdownIt('commonmark', { html: true }).enable('table');
type Token = ReturnType<typeof reader.parse>[number];

/** The document of a Markdown text, or nothing when it holds what the editor would not keep. */
export function parse(markdown: string): Doc | undefined {
  try {
    return normal({ type: 'doc', content: blocks(reader.parse(separated(markdown), {})) });
  } catch (thrown) {
    if (thrown instanceof Unsupported) return undefined;
    throw thrown;
  }
}

class Unsupported extends Error {}

/** A locked block's line is a block of its own even when no empty line sets it apart. */
function separated(markdown: string): string {
  return markdown.replace(/^(\{\{block:[a-z0-9-]{1,64}\}\})[ \t]*$/gm, '\n$1\n');
}

const CONTAINERS: Record<string, string> = {
  paragraph_open: 'paragraph',
  heading_open: 'heading',
  bullet_list_open: 'bulletList',
  ordered_list_open: 'orderedList',
  list_item_open: 'listItem',
  blockquote_open: 'blockquote',
  table_open: 'table',
  tr_open: 'tableRow',
  th_open: 'tableHeader',
  td_open: 'tableCell',
};
/** The first row is the head: what sets it apart says nothing more. */
const ROW_GROUP = /^(thead|tbody)_/;

function blocks(tokens: Token[]): Doc[] {
  const stack: Doc[] = [{ type: 'root', content: [] }];
  for (const token of tokens) {
    const top = stack.at(-1);
    if (ROW_GROUP.test(token.type)) continue;
    if (token.nesting === 1) {
      const type = CONTAINERS[token.type];
      if (!type) throw new Unsupported(token.type);
      const node: Doc = { type, content: [] };
      if (type === 'heading') {
        const level = Number(token.tag.slice(1));
        if (level !== 2 && level !== 3) throw new Unsupported(token.tag);
        node.attrs = { level };
      }
      if (type === 'orderedList') node.attrs = { start: Number(token.attrGet('start') ?? 1) };
      const align = ALIGNMENTS.find((one) => token.attrGet('style') === `text-align:${one}`);
      if (align) node.attrs = { align };
      top?.content?.push(node);
      stack.push(node);
    } else if (token.nesting === -1) stack.pop();
    else if (token.type === 'inline') {
      // What was typed has its braces escaped; only the core writes them bare.
      const locked = BLOCK_LINE.exec(token.content);
      if (locked && top?.type === 'paragraph') Object.assign(top, { type: 'lockedBlock', attrs: { id: locked[1] } });
      else top?.content?.push(...inline(token.children ?? []));
    } else throw new Unsupported(token.type);
  }
  return stack[0]?.content ?? [];
}

function inline(tokens: Token[]): Doc[] {
  const out: Doc[] = [];
  let marks: Mark[] = [];
  for (const token of tokens) {
    switch (token.type) {
      case 'text':
      case 'text_special':
        if (token.content !== '') out.push({ type: 'text', text: token.content, marks });
        break;
      case 'softbreak':
        out.push({ type: 'text', text: ' ', marks });
        break;
      case 'hardbreak':
        out.push({ type: 'hardBreak' });
        break;
      case 'strong_open':
        marks = [...marks, { type: 'bold' }];
        break;
      case 'em_open':
        marks = [...marks, { type: 'italic' }];
        break;
      case 'link_open': {
        if (token.attrGet('title')) throw new Unsupported('link title');
        marks = [...marks, { type: 'link', attrs: { href: token.attrGet('href') ?? '' } }];
        break;
      }
      case 'strong_close':
      case 'em_close':
      case 'link_close':
        marks = marks.slice(0, -1);
        break;
      default:
        throw new Unsupported(token.type);
    }
  }
  return out;
}

// ---------------------------------------------------------------- writing

/** The Markdown of a document. `parse(write(doc))` is `normal(doc)`. */
export function write(doc: Doc): string {
  const text = writeBlocks(normal(doc).content ?? []);
  return text === '' ? '' : `${text}\n`;
}

function writeBlocks(nodes: readonly Doc[]): string {
  let out = '';
  let former: Doc | undefined;
  let turn = false;
  for (const node of nodes) {
    // Two lists of a kind, one after the other, would melt into one: the second takes the other sign.
    const again = former?.type === node.type && (node.type === 'bulletList' || node.type === 'orderedList');
    turn = again ? !turn : false;
    const text = writeBlock(node, turn);
    out += former ? `\n\n${text}` : text;
    former = node;
  }
  return out;
}

function writeBlock(node: Doc, turn: boolean): string {
  const content = node.content ?? [];
  switch (node.type) {
    case 'heading':
      // A line break would end the heading.
      return `${'#'.repeat(Number(node.attrs?.['level']))} ${writeInline(
        content.map((one) => (one.type === 'hardBreak' ? { type: 'text', text: ' ' } : one)),
        'heading',
      )}`;
    case 'lockedBlock':
      return `{{block:${String(node.attrs?.['id'])}}}`;
    case 'blockquote':
      return indent(writeBlocks(content), '> ', '> ');
    case 'bulletList':
      return content.map((item) => writeItem(item, turn ? '* ' : '- ')).join('\n');
    case 'orderedList': {
      const start = Number(node.attrs?.['start'] ?? 1);
      return content.map((item, i) => writeItem(item, `${start + i}${turn ? ')' : '.'} `)).join('\n');
    }
    case 'table':
      return writeTable(content);
    default:
      return writeInline(content, 'paragraph');
  }
}

function writeTable([head, ...rows]: readonly Doc[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const written = (row: Doc | undefined) =>
    line((row?.content ?? []).map((one) => writeInline(one.content ?? [], 'cell')));
  const rule = (head?.content ?? []).map((one) => {
    const align = one.attrs?.['align'];
    return `${align === 'left' || align === 'center' ? ':' : ''}---${align === 'right' || align === 'center' ? ':' : ''}`;
  });
  return [written(head), line(rule), ...rows.map(written)].join('\n');
}

function writeItem(item: Doc, sign: string): string {
  const [first, ...rest] = item.content ?? [];
  const empty = (first?.content ?? []).length === 0;
  let text = empty ? '' : writeInline(first?.content ?? [], 'paragraph');
  let former = first;
  let turn = false;
  for (const node of rest) {
    turn = former?.type === node.type && node.type.endsWith('List') ? !turn : false;
    // A list may follow its item's line at once, unless its sign could be taken for that line's: an empty item
    // would underline it, a number other than one would go on with it.
    const starts = (node.content?.[0]?.content?.[0]?.content ?? []).length > 0;
    const list =
      node.type === 'bulletList' || (node.type === 'orderedList' && Number(node.attrs?.['start'] ?? 1) === 1);
    const close = former === first && list && starts;
    text += (close ? '\n' : '\n\n') + writeBlock(node, turn);
    former = node;
  }
  // An item without text of its own: what follows hangs under the sign.
  if (empty && rest.length > 0) return indent(text.replace(/^\n+/, '\n'), sign.trimEnd(), ' '.repeat(sign.length));
  return indent(text, empty ? sign.trimEnd() : sign, ' '.repeat(sign.length));
}

function indent(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((line, i) => {
      const lead = i === 0 ? first : others;
      return line === '' ? lead.trimEnd() : lead + line;
    })
    .join('\n');
}

/** What may stand in the text and what the writer adds. */
interface Piece {
  text: string;
  /** A delimiter of bold or italic: it needs the right neighbours. */
  mark?: 'open' | 'close';
  /** One character of the text, that may be written as its number. */
  plain?: string;
}

/** Where a line stands: what would end it, or begin another block, is written otherwise. */
type Place = 'paragraph' | 'heading' | 'cell';

function writeInline(nodes: readonly Doc[], place: Place): string {
  const pieces: Piece[] = [];
  let open: Mark[] = [];
  const close = (mark: Mark) =>
    pieces.push(
      mark.type === 'link'
        ? { text: `](${target(hrefOf(mark))})` }
        : { text: mark.type === 'bold' ? '**' : '_', mark: 'close' },
    );
  const settle = (marks: readonly Mark[]) => {
    let keep = 0;
    while (
      keep < open.length &&
      keep < marks.length &&
      markKey([open[keep] as Mark]) === markKey([marks[keep] as Mark])
    )
      keep += 1;
    for (const mark of open.slice(keep).reverse()) close(mark);
    for (const mark of marks.slice(keep)) {
      pieces.push(mark.type === 'link' ? { text: '[' } : { text: mark.type === 'bold' ? '**' : '_', mark: 'open' });
    }
    open = [...marks];
  };
  for (const node of nodes) {
    settle(node.type === 'hardBreak' ? [] : (node.marks ?? []));
    if (node.type === 'hardBreak') pieces.push({ text: '\\\n' });
    else
      for (const char of node.text ?? '') {
        // "## título ##": the closing signs of a heading would be swallowed.
        pieces.push({ text: place === 'heading' && char === '#' ? '\\#' : escaped(char), plain: char });
      }
  }
  settle([]);

  // A delimiter works only between the right neighbours. Where the neighbour outside is a letter, it is written as its
  // number: its ";" or "&" is what the delimiter needs, and what is read is the same letter.
  // One letter written so may be the neighbour inside of another delimiter, hence the turns.
  for (let again = true; again;) {
    again = false;
    for (const [i, piece] of pieces.entries()) {
      // Before a link it would make an image.
      if (piece.plain === '!' && pieces[i + 1]?.text === '[') piece.text = '\\!';
      if (!piece.mark) continue;
      const outside = pieces[piece.mark === 'open' ? i - 1 : i + 1];
      const inside = pieces[piece.mark === 'open' ? i + 1 : i - 1];
      if (outside?.plain === undefined || outside.text !== outside.plain || /[\s!-/:-@[-`{-~]/.test(outside.plain))
        continue;
      if (piece.text === '_' || !/^[\p{L}\p{N}]$/u.test(inside?.text ?? '')) {
        outside.text = `&#${outside.plain.codePointAt(0)};`;
        again = true;
      }
    }
  }
  let text = '';
  let lineStart = true;
  for (const [i, piece] of pieces.entries()) {
    if (lineStart && place !== 'cell' && piece.plain !== undefined && piece.text === piece.plain)
      text += guarded(pieces, i);
    else text += piece.text;
    lineStart = piece.text.endsWith('\n');
  }
  return text;
}

const SPECIAL = /[\\`*_[\]<>~|{}]/;

function escaped(char: string): string {
  if (SPECIAL.test(char)) return `\\${char}`;
  if (char === '&') return '&amp;';
  // Blanks that are no space are kept by their number; a reader may take them for the edge of a line.
  if (/\s/.test(char) && char !== ' ') return `&#${char.codePointAt(0)};`;
  return char;
}

/** The first character of a line, made harmless when with what follows it would begin a block. */
function guarded(pieces: readonly Piece[], at: number): string {
  const first = pieces[at]?.plain ?? '';
  const rest = pieces
    .slice(at, at + 12)
    .map((piece) => piece.plain ?? '\u0000')
    .join('');
  // A colon before a dash might be the rule of a table.
  if (/^([#+=-]|:-)/.test(first === ':' ? rest : first)) return `\\${first}`;
  const ordinal = /^(\d{1,9})([.)])/.exec(rest);
  if (!ordinal) return first;
  // The sign after the number is what makes it a list.
  const sign = pieces[at + (ordinal[1]?.length ?? 0)];
  if (sign && sign.text === sign.plain) sign.text = `\\${sign.plain}`;
  return first;
}

function hrefOf(mark: Mark): string {
  const href = mark.attrs?.['href'];
  return typeof href === 'string' ? href : '';
}

function target(href: string): string {
  return `<${href
    .replace(/[<>\\]/g, (char) => `\\${char}`)
    .replace(/&/g, '&amp;')
    .replace(/\s/g, '%20')}>`;
}

/** Whether the editor gives back every word of this text. */
export function keeps(markdown: string): boolean {
  const doc = parse(markdown);
  return doc !== undefined && JSON.stringify(parse(write(doc))) === JSON.stringify(doc);
}

/** Where a link goes, written as it is read back; nothing when it is no place to go to. */
export function destination(href: string): string | undefined {
  return reader.validateLink(href) ? reader.normalizeLink(href) : undefined;
}
