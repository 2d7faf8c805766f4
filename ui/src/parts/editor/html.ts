import type { Doc } from './normal';

/** HTML with nothing but what the document holds, for the editor to take where the cursor is. */
export function toHtml(doc: Doc): string {
  return (doc.content ?? []).map(tag).join('');
}

const TAGS: Record<string, string> = {
  paragraph: 'p',
  bulletList: 'ul',
  orderedList: 'ol',
  listItem: 'li',
  blockquote: 'blockquote',
  table: 'table',
  tableRow: 'tr',
  tableHeader: 'th',
  tableCell: 'td',
  bold: 'strong',
  italic: 'em',
  link: 'a',
};

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function tag(node: Doc): string {
  if (node.type === 'hardBreak') return '<br>';
  if (node.type === 'text')
    return (node.marks ?? []).reduceRight(
      (inside, { type, attrs }) => {
        const href = attrs?.['href'];
        return `<${TAGS[type] ?? 'span'}${typeof href === 'string' ? ` href="${escaped(href)}"` : ''}>${inside}</${TAGS[type] ?? 'span'}>`;
      },
      escaped(node.text ?? ''),
    );
  const name = node.type === 'heading' ? `h${Number(node.attrs?.['level'])}` : (TAGS[node.type] ?? 'div');
  const start = node.type === 'orderedList' ? ` start="${Number(node.attrs?.['start'] ?? 1)}"` : '';
  return `<${name}${start}>${toHtml(node)}</${name}>`;
}
