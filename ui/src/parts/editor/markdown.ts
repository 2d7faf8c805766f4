/**
 * Between the Markdown that is stored (CommonMark) and the document that is edited. Own code, because editors'
 * writers damage what was typed: "# 3 del orden" must not come back as a heading, nor "- Sí" as a list.
 *
 * The document holds only what the toolbar offers: paragraphs, headings 2 and 3, lists, quotes, bold, italic,
 * links, line breaks, and locked blocks. Anything else makes {@link parse} answer `undefined`: such a text is
 * edited as Markdown, so that nothing is lost.
 */
import MarkdownIt from 'markdown-it';

/** A node as the editor takes it. */
export interface Doc {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Doc[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

type Mark = NonNullable<Doc['marks']>[number];

const BLOCK_LINE = /^\{\{block:([a-z0-9-]{1,64})\}\}$/;

// ---------------------------------------------------------------- reading

const reader = new MarkdownIt('commonmark', { html: true });
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
};

function blocks(tokens: Token[]): Doc[] {
  const stack: Doc[] = [{ type: 'root', content: [] }];
  for (const token of tokens) {
    const top = stack.at(-1);
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

// ---------------------------------------------------------------- one form for one meaning

/** Outermost first: the order in which marks are written and compared. */
const MARK_ORDER = ['bold', 'italic', 'link'];

/** What Markdown cannot keep left out: empty paragraphs, blanks at the edges of lines, bold blanks. */
export function normal(doc: Doc): Doc {
  return { type: 'doc', content: normalBlocks(doc.content ?? []) };
}

function normalBlocks(nodes: readonly Doc[]): Doc[] {
  const out: Doc[] = [];
  for (const node of nodes) {
    if (node.type === 'paragraph' || node.type === 'heading') {
      const content = normalInline(node.content ?? []);
      if (content.length > 0) {
        out.push({
          type: node.type,
          ...(node.type === 'heading' ? { attrs: { level: node.attrs?.['level'] } } : {}),
          content,
        });
      }
    } else if (node.type === 'lockedBlock') out.push({ type: 'lockedBlock', attrs: { id: node.attrs?.['id'] } });
    else if (node.type === 'blockquote') {
      const content = normalBlocks(node.content ?? []);
      if (content.length > 0) out.push({ type: 'blockquote', content });
    } else if (node.type === 'bulletList' || node.type === 'orderedList') {
      const content = (node.content ?? []).map((item): Doc => {
        const inside = normalBlocks(item.content ?? []);
        // The editor's items begin with a paragraph.
        return {
          type: 'listItem',
          content: inside[0]?.type === 'paragraph' ? inside : [{ type: 'paragraph' }, ...inside],
        };
      });
      if (content.length === 0) continue;
      const attrs = node.type === 'orderedList' ? { attrs: { start: Number(node.attrs?.['start'] ?? 1) } } : {};
      out.push({ type: node.type, ...attrs, content });
    }
  }
  return out;
}

function markKey(marks: readonly Mark[] | undefined): string {
  return JSON.stringify(marks ?? []);
}

function normalInline(nodes: readonly Doc[]): Doc[] {
  // Character by character: which marks each one has, so that edges are easy to see.
  const chars: { text: string; marks: Mark[] }[] = [];
  for (const node of nodes) {
    if (node.type === 'hardBreak') chars.push({ text: '\n', marks: [] });
    else {
      const marks = [...(node.marks ?? [])]
        .filter((mark) => MARK_ORDER.includes(mark.type))
        .map((mark): Mark =>
          mark.type === 'link' ? { type: 'link', attrs: { href: mark.attrs?.['href'] } } : { type: mark.type },
        )
        .sort((a, b) => MARK_ORDER.indexOf(a.type) - MARK_ORDER.indexOf(b.type));
      for (const text of (node.text ?? '').replace(/[\r\n\t\0]+/g, ' ')) chars.push({ text, marks });
    }
  }
  const blank = (text: string) => /^\s$/.test(text);
  const trimmable = (text: string) => text === ' ' || text === '\n';
  // Edges of lines.
  while (chars.length > 0 && trimmable(chars[0]?.text ?? '')) chars.shift();
  while (chars.length > 0 && trimmable(chars.at(-1)?.text ?? '')) chars.pop();
  const kept = chars.filter((char, i) => {
    if (char.text !== ' ') return true;
    let before = i;
    while (chars[before]?.text === ' ') before -= 1;
    let after = i;
    while (chars[after]?.text === ' ') after += 1;
    return chars[before]?.text !== '\n' && chars[after]?.text !== '\n';
  });
  // A mark neither begins nor ends on a blank.
  for (const type of MARK_ORDER) {
    // An outer mark that changes splits the inner one.
    const depth = MARK_ORDER.indexOf(type);
    const key = (i: number) => markKey(kept[i]?.marks.filter((mark) => MARK_ORDER.indexOf(mark.type) <= depth));
    for (let from = 0; from < kept.length;) {
      let to = from;
      while (to < kept.length && kept[to]?.text !== '\n' && key(to) === key(from)) to += 1;
      if (to === from) to = from + 1;
      const strip = (i: number) => {
        const char = kept[i];
        if (char) char.marks = char.marks.filter((mark) => mark.type !== type);
      };
      let first = from;
      while (first < to && blank(kept[first]?.text ?? '')) strip(first++);
      let last = to - 1;
      while (last >= first && blank(kept[last]?.text ?? '')) strip(last--);
      from = to;
    }
  }
  const out: Doc[] = [];
  for (const char of kept) {
    const top = out.at(-1);
    if (char.text === '\n') out.push({ type: 'hardBreak' });
    else if (top?.type === 'text' && markKey(top.marks) === markKey(char.marks.length > 0 ? char.marks : undefined)) {
      top.text = (top.text ?? '') + char.text;
    } else out.push({ type: 'text', text: char.text, ...(char.marks.length > 0 ? { marks: char.marks } : {}) });
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
        true,
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
    default:
      return writeInline(content, false);
  }
}

function writeItem(item: Doc, sign: string): string {
  const [first, ...rest] = item.content ?? [];
  const empty = (first?.content ?? []).length === 0;
  let text = empty ? '' : writeInline(first?.content ?? [], false);
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

function writeInline(nodes: readonly Doc[], heading: boolean): string {
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
        pieces.push({ text: heading && char === '#' ? '\\#' : escaped(char), plain: char });
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
    if (lineStart && piece.plain !== undefined && piece.text === piece.plain) text += guarded(pieces, i);
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
  if (/^[#+=-]/.test(first)) return `\\${first}`;
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
