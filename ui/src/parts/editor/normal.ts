/** The document that is edited, and the one form of it that Markdown keeps. */

/** A node as the editor takes it. */
export interface Doc {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Doc[];
  text?: string;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
}

export type Mark = NonNullable<Doc['marks']>[number];

/** How the text of a column stands, as Markdown says it. */
export const ALIGNMENTS = ['left', 'center', 'right'] as const;

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
    } else if (node.type === 'table') out.push(...normalTable(node));
  }
  return out;
}

/** The first row is the head, all rows are as long, and a cell is one line; a column stands as its head does. */
function normalTable({ content: rows = [] }: Doc): Doc[] {
  const width = Math.max(0, ...rows.map((row) => row.content?.length ?? 0));
  if (width === 0) return [];
  const columns = Array.from({ length: width }, (_, i) => {
    const align = rows[0]?.content?.[i]?.attrs?.['align'];
    return ALIGNMENTS.some((one) => one === align) ? { attrs: { align } } : {};
  });
  const line = (nodes: readonly Doc[] = []) =>
    normalInline(nodes.map((node) => (node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node)));
  const content = rows.map((row, n): Doc => ({
    type: 'tableRow',
    content: columns.map((attrs, i): Doc => {
      const inside = line(row.content?.[i]?.content);
      return {
        type: n === 0 ? 'tableHeader' : 'tableCell',
        ...attrs,
        ...(inside.length > 0 ? { content: inside } : {}),
      };
    }),
  }));
  return [{ type: 'table', content }];
}

export function markKey(marks: readonly Mark[] | undefined): string {
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
