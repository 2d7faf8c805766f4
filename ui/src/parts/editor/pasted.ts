/**
 * What is pasted from Word, LibreOffice, Google Docs or the web, read as the editor keeps it: paragraphs, headings,
 * lists, quotes, tables, bold, italic and links that lead somewhere. All else is dropped; what a person would miss is
 * counted. A pure reading of HTML: nothing in it is run, fetched or shown.
 */
import { destination } from './markdown';
import { normal, type Doc, type Mark } from './normal';
import { wordItem, type WordItem } from './word-lists';

export interface Pasted {
  doc: Doc;
  images: number;
  /** Passages that change tracking shows as deleted. */
  deletions: number;
}

/** An entry of a list that is told by its level, as word processors do, rather than by nesting. */
interface Item extends Omit<WordItem, 'words'> {
  type: 'item';
  content: Doc[];
}
type Block = Doc | Item;

const BREAK: Doc = { type: 'hardBreak' };
const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 ' +
    'h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption'
  ).split(' '),
);
/** Without words for a reader. */
const DROPPED = new Set(
  (
    'applet audio base button canvas colgroup datalist embed frame frameset head iframe input link map math meta noembed ' +
    'noframes noscript object option optgroup progress rp script select style svg template textarea title video xml o:p'
  ).split(' '),
);

/** Reads what the clipboard holds as HTML. */
export function readPasted(html: string): Pasted {
  const { body } = new DOMParser().parseFromString(unstyled(html), 'text/html');
  const reader = new Reader(body.querySelector('h1') ? 1 : 2);
  const doc = normal({ type: 'doc', content: nested(reader.blocks(body, [])) });
  return { doc, images: reader.images, deletions: reader.deletions };
}

/** The content policy refuses styles also in a page that is never shown: they are read under another name. */
const STYLE = 'data-style';
function unstyled(html: string): string {
  const text = html.replaceAll(/<style\b[^>]*>[^]*?<\/style\s*>/gi, '');
  let out = '';
  let from = 0;
  for (let open = text.indexOf('<'); open >= 0; open = text.indexOf('<', from)) {
    const end = /[a-z]/i.test(text.charAt(open + 1)) ? endOfTag(text, open) : open + 1;
    out += text.slice(from, open) + text.slice(open, end).replaceAll(/(\s)style(?=\s*=)/gi, `$1${STYLE}`);
    from = end;
  }
  return out + text.slice(from);
}

/** A picture written out in an attribute may have millions of letters: no pattern, which would run out of memory. */
function endOfTag(text: string, open: number): number {
  for (let at = open; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '>') return at + 1;
    if (letter !== '"' && letter !== "'") continue;
    const close = text.indexOf(letter, at + 1);
    if (close < 0) break;
    at = close;
  }
  return text.length;
}

/** The declarations of an element's own style: `mso-list` is none that a browser knows. */
function styleOf(element: Element): Map<string, string> {
  return new Map(
    (element.getAttribute(STYLE) ?? '').split(';').flatMap((one) => {
      const at = one.indexOf(':');
      return at < 0
        ? []
        : [
            [
              one.slice(0, at).trim().toLowerCase(),
              one
                .slice(at + 1)
                .trim()
                .toLowerCase(),
            ] as const,
          ];
    }),
  );
}

class Reader {
  images = 0;
  deletions = 0;
  /** `top`: the level of heading that is the first here. */
  constructor(private readonly top: number) {}

  /** What stands inside an element, in blocks; its loose text in paragraphs. */
  blocks(parent: Element, marks: readonly Mark[]): Block[] {
    const out: Block[] = [];
    let line: Doc[] = [];
    const flush = () => {
      const content = tidy(line);
      if (content.length > 0) out.push({ type: 'paragraph', content });
      line = [];
    };
    const visit = (node: Node, now: readonly Mark[]) => {
      if (node.nodeType === 3) line.push(...textOf(node, now));
      if (!(node instanceof Element) || this.drops(node)) return;
      const name = node.localName;
      if (name === 'br') line.push(BREAK);
      else if (BLOCKS.has(name)) {
        flush();
        out.push(...this.block(node, now));
      } else for (const child of node.childNodes) visit(child, marksOf(node, now));
    };
    for (const child of parent.childNodes) visit(child, marksOf(parent, marks));
    flush();
    return out;
  }

  private block(element: Element, marks: readonly Mark[]): Block[] {
    const name = element.localName;
    const level = headingLevel(element);
    if (level !== null) {
      // A heading is bold as it is.
      const content = this.line(element, []).map((one) => without(one, 'bold'));
      return content.length > 0 ? [{ type: 'heading', attrs: { level: level <= this.top ? 2 : 3 }, content }] : [];
    }
    if (name === 'p' || name === 'div') {
      const item = wordItem(element, styleOf);
      if (item) {
        const { words, ...told } = item;
        return [{ ...told, type: 'item', content: nested(this.blocks(words, marks)) }];
      }
    }
    if (name === 'ul' || name === 'ol') return this.list(element, name === 'ol', marks);
    if (name === 'table') return this.table(element as HTMLTableElement, marks);
    if (name === 'blockquote') return [{ type: 'blockquote', content: nested(this.blocks(element, marks)) }];
    return this.blocks(element, marks);
  }

  private list(element: Element, ordered: boolean, marks: readonly Mark[]): Block[] {
    const items: Doc[] = [];
    const told: Item[] = [];
    const start = Number(element.getAttribute('start') ?? element.querySelector('li')?.getAttribute('value') ?? 1);
    for (const child of element.childNodes) {
      const content = nested(this.entry(child, marks));
      if (content.length === 0) continue;
      // Word on the web: each entry stands in a list of its own, and says its level.
      const level = child instanceof Element ? Number(child.getAttribute('data-aria-level') ?? 0) : 0;
      if (level > 0) {
        told.push({ type: 'item', level, ordered, start: whole(start + told.length), content });
        continue;
      }
      const last = items.at(-1);
      // A list in a list, outside its entries, belongs to the entry before it.
      if (content.every((one) => one.type.endsWith('List')))
        if (last) last.content?.push(...content);
        else items.push(...content.flatMap((one) => one.content ?? []));
      else items.push({ type: 'listItem', content });
    }
    if (items.length === 0) return told;
    return [
      ...told,
      ordered
        ? { type: 'orderedList', attrs: { start: whole(start) }, content: items }
        : { type: 'bulletList', content: items },
    ];
  }

  /** What stands in a list: an entry, or what should have been one. */
  private entry(node: Node, marks: readonly Mark[]): Block[] {
    if (node instanceof Element) {
      if (this.drops(node)) return [];
      return BLOCKS.has(node.localName) && node.localName !== 'li' ? this.block(node, marks) : this.blocks(node, marks);
    }
    const content = node.nodeType === 3 ? tidy(textOf(node, marks)) : [];
    return content.length > 0 ? [{ type: 'paragraph', content }] : [];
  }

  private table(element: HTMLTableElement, marks: readonly Mark[]): Block[] {
    const caption = element.caption ? this.blocks(element.caption, marks) : [];
    const rows = [...element.rows];
    // A box, or a page that is laid out with a table: its contents, one after the other.
    const single = rows.length === 1 && rows[0]?.cells.length === 1;
    if (single || element.getAttribute('role') === 'presentation' || element.querySelector('table'))
      return [...caption, ...rows.flatMap((row) => [...row.cells].flatMap((cell) => this.blocks(cell, marks)))];
    // Rows of one cell as wide as the table, at the top, are its title.
    const titles: Block[] = [];
    while (rows.length > 1 && rows[0]?.cells.length === 1 && (rows[0].cells[0]?.colSpan ?? 1) > 1)
      titles.push(...[...(rows.shift()?.cells ?? [])].flatMap((cell) => this.blocks(cell, marks)));
    const grid: Doc[][][] = rows.map(() => []);
    for (const [n, row] of rows.entries()) {
      let at = 0;
      for (const cell of row.cells) {
        while (grid[n]?.[at]) at += 1;
        const content = this.line(cell, marks);
        const [deep, wide] = [Math.min(cell.rowSpan || rows.length, rows.length - n), Math.min(cell.colSpan, WIDEST)];
        for (let down = 0; down < deep; down += 1)
          for (let across = 0; across < wide; across += 1)
            (grid[n + down] ?? [])[at + across] = down + across === 0 ? content : [];
        at += wide;
      }
    }
    const said = grid
      .map((cells) => Array.from(cells, (one: Doc[] | undefined) => one ?? []))
      .filter((cells) => cells.some((one) => one.length > 0));
    const width = Math.max(0, ...said.map((cells) => cells.findLastIndex((one) => one.length > 0) + 1));
    const content = said.map((cells, n): Doc => ({
      type: 'tableRow',
      content: cells
        .slice(0, width)
        .map((one): Doc =>
          n === 0
            ? { type: 'tableHeader', content: one.map((word) => without(word, 'bold')) }
            : { type: 'tableCell', content: one },
        ),
    }));
    return [...caption, ...titles, ...(content.length > 0 ? [{ type: 'table', content }] : [])];
  }

  /** All that an element says, in one line; entries of lists keep their sign. */
  private line(element: Element, marks: readonly Mark[]): Doc[] {
    const line: Doc[] = [];
    const visit = (node: Node, now: readonly Mark[]) => {
      if (node.nodeType === 3) line.push(...textOf(node, now));
      if (!(node instanceof Element) || this.drops(node)) return;
      const parts = BLOCKS.has(node.localName) || node.localName === 'br';
      if (parts) line.push(space());
      if (node.localName === 'li') line.push({ type: 'text', text: '· ' });
      for (const child of node.childNodes) visit(child, marksOf(node, now));
      if (parts) line.push(space());
    };
    for (const child of element.childNodes) visit(child, marksOf(element, marks));
    return tidy(line.map((one) => (one.type === BREAK.type ? space() : one)));
  }

  private drops(element: Element): boolean {
    const name = element.localName;
    if (name === 'img' || name === 'picture') {
      const dot = ['width', 'height'].some((one) => /^[01](px)?$/.test(element.getAttribute(one) ?? ''));
      if (!dot) this.images += 1;
      return true;
    }
    if (name === 'del') {
      if (/\S/.test(element.textContent)) this.deletions += 1;
      return true;
    }
    if (DROPPED.has(name) || name.startsWith('v:') || name.startsWith('w:') || element.hasAttribute('hidden'))
      return true;
    const style = styleOf(element);
    if (style.get('display') === 'none' || style.get('mso-hide') === 'all') return true;
    // What somebody noted in the margin.
    return (
      /\bcomment/.test(style.get('mso-element') ?? '') ||
      /\bmso(commentreference|comoff|comanchor|comtxt)\b/i.test(element.className)
    );
  }
}

/** A table beyond this is none. */
const WIDEST = 60;

const whole = (n: number) => (Number.isInteger(n) && n >= 0 && n < 1e9 ? n : 1);
const space = (): Doc => ({ type: 'text', text: ' ' });

function headingLevel(element: Element): number | null {
  const tag = /^h([1-6])$/.exec(element.localName);
  if (tag) return Number(tag[1]);
  if (element.localName !== 'p') return null;
  if (/\bMsoTitle\b/.test(element.className) || element.className === 'title') return 1;
  const outline = /^[1-6]$/.exec(styleOf(element).get('mso-outline-level') ?? '');
  return outline ? Number(outline[0]) : null;
}

function marksOf(element: Element, marks: readonly Mark[]): readonly Mark[] {
  const style = styleOf(element);
  const name = element.localName;
  let next = marks;
  const set = (type: string, on: boolean | null) => {
    if (on === null) return;
    next = next.filter((one) => one.type !== type);
    if (on) next = [...next, { type }];
  };
  const weight = style.get('font-weight');
  const tagged = (...tags: string[]) => (tags.includes(name) ? true : null);
  set('bold', weight ? /^(bold|bolder|[6-9]00)/.test(weight) : tagged('b', 'strong', 'th'));
  const slant = style.get('font-style');
  set('italic', slant ? /^(italic|oblique)/.test(slant) : tagged('i', 'em'));
  if (name === 'a') {
    const href = element.getAttribute('href')?.trim() ?? '';
    const to = /^(https?:\/\/[^/]|mailto:.|tel:.)/i.test(href) ? destination(href) : undefined;
    if (to !== undefined) next = [...next.filter((one) => one.type !== 'link'), { type: 'link', attrs: { href: to } }];
  }
  return next;
}

const without = (one: Doc, type: string): Doc => ({
  ...one,
  marks: (one.marks ?? []).filter((mark) => mark.type !== type),
});

const UNSEEN = /[\u00ad\u200b\u2060\ufeff\ufffe\uffff\p{Co}\p{Cs}]|(?!\s)\p{Cc}/gu;

function textOf(node: Node, marks: readonly Mark[]): Doc[] {
  const parent = node.parentElement;
  let text = node.nodeValue ?? '';
  // Blanks that a browser wrote so that they would not be lost.
  if (parent?.classList.contains('Apple-converted-space')) text = text.replaceAll('\u00a0', ' ');
  // Without what cannot be seen: soft hyphens, marks of order, characters of control and of private fonts.
  text = text.replaceAll(UNSEEN, '');
  const kept = [...marks];
  if (!parent?.closest('pre')) return [{ type: 'text', text, marks: kept }];
  return text
    .split(/\r\n?|\n/)
    .flatMap((one, i): Doc[] => [...(i > 0 ? [BREAK] : []), { type: 'text', text: one, marks: kept }]);
}

/** Blanks as a page shows them: many are one; one that does not break stays so only by itself. */
function tidy(line: readonly Doc[]): Doc[] {
  const out: Doc[] = [];
  let blank = '';
  let blankMarks: Doc['marks'];
  const word = (text: string, marks: Doc['marks']) => out.push({ type: 'text', text, ...(marks ? { marks } : {}) });
  for (const one of line) {
    if (one.type === 'hardBreak') {
      if (out.length > 0) out.push(BREAK);
      blank = '';
      continue;
    }
    for (const part of (one.text ?? '').split(/(\s+)/)) {
      if (part === '') continue;
      if (/^\s/.test(part)) {
        if (blank === '') blankMarks = one.marks;
        blank += part;
        continue;
      }
      // Nothing stands before the first word of a line.
      if (blank !== '' && out.length > 0 && out.at(-1) !== BREAK) word(blank === '\u00a0' ? blank : ' ', blankMarks);
      blank = '';
      word(part, one.marks);
    }
  }
  while (out.at(-1) === BREAK) out.pop();
  return out;
}

/** Entries told by their level, nested; the rest as it is. */
function nested(blocks: readonly Block[]): Doc[] {
  const out: Doc[] = [];
  let open: { level: number; list: Doc }[] = [];
  for (const one of blocks) {
    if (!isItem(one)) {
      open = [];
      out.push(one);
      continue;
    }
    const { level, ordered, start, content, more } = one;
    if (more) {
      const into = open.at(-1)?.list.content?.at(-1)?.content ?? out;
      into.push(...content);
      continue;
    }
    const type = ordered ? 'orderedList' : 'bulletList';
    open = open.filter((above) => above.level < level || (above.level === level && above.list.type === type));
    if (open.at(-1)?.level !== level) {
      const list: Doc = { type, ...(ordered ? { attrs: { start } } : {}), content: [] };
      (open.at(-1)?.list.content?.at(-1)?.content ?? out).push(list);
      open.push({ level, list });
    }
    open.at(-1)?.list.content?.push({ type: 'listItem', content: [...content] });
  }
  return out;
}

const isItem = (one: Block): one is Item => one.type === 'item';
