/** The lists that Word writes as paragraphs: a sign, blanks, and a level in a style that no browser knows. */

/** An entry: its level, whether it is numbered and from which number, its words. */
export interface WordItem {
  level: number;
  ordered: boolean;
  start: number;
  /** It goes on with the entry before. */
  more?: boolean;
  /** The paragraph without its sign. */
  words: Element;
}

/** The declarations of an element's own style. */
type StyleOf = (element: Element) => ReadonlyMap<string, string>;

const LIST_PARAGRAPH = /\bMsoListParagraph/;
/** "1.", "b)", "iv.", "2.1.", "(3)", "4.º": with a number, or with letters that a stop follows. */
const ORDINAL = /^\(?(?:[\d.]*?(\d{1,9})[.)°º]{0,2}\)?|([a-z]{1,5})[.)])$/i;
/** The sign that begins the words of a list paragraph without its own mark. */
const SIGN = /^\s*([·•●○▪■§\uf0b7\uf0a7\uf0d8o–-]|\(?(?:\d{1,3}|[a-z])[.)])[\s\u00a0]+/i;

/** An entry of a list, when the paragraph is one. */
export function wordItem(paragraph: Element, styleOf: StyleOf): WordItem | null {
  const style = styleOf(paragraph);
  const told = style.get('mso-list') ?? '';
  const listed = /\bl\d+\s+level\d/.test(told);
  if (!listed && !LIST_PARAGRAPH.test(paragraph.className)) return null;
  const words = paragraph.cloneNode(true) as Element;
  const sign = takeSign(words, listed, styleOf);
  const level = Number(/level(\d+)/.exec(told)?.[1] ?? indented(style));
  if (sign === null) return { level, ordered: false, start: 1, more: true, words };
  const ordinal = ORDINAL.exec(sign);
  return { level, ordered: ordinal !== null, start: ordinal ? number(ordinal[1], ordinal[2]) : 1, words };
}

/** Takes the sign out of the paragraph; nothing when there is none. */
function takeSign(words: Element, listed: boolean, styleOf: StyleOf): string | null {
  const marked = [...words.querySelectorAll('span')].find((one) => styleOf(one).get('mso-list') === 'ignore');
  if (marked) {
    marked.remove();
    return marked.textContent.replaceAll(/[\s\u00a0]+/g, '');
  }
  const found = SIGN.exec(words.textContent);
  if (!found) return listed ? '' : null;
  let left = found[0].length;
  const walker = words.ownerDocument.createTreeWalker(words, 4);
  for (let node = walker.nextNode(); node && left > 0; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    node.nodeValue = text.slice(left);
    left -= text.length;
  }
  return found[1] ?? '';
}

/** Half an inch a level. */
function indented(style: ReadonlyMap<string, string>): number {
  const [, size = '', unit = ''] = /^(?:[^ ]+ +){0,3}?([\d.]+)(pt|in|cm)/.exec(style.get('margin-left') ?? '') ?? [];
  const inches = Number(size) / ({ pt: 72, in: 1, cm: 2.54 }[unit] ?? 1);
  return Math.max(1, Math.round(inches * 2) || 1);
}

function number(digits: string | undefined, letters = ''): number {
  if (digits !== undefined) return Number(digits);
  const word = letters.toLowerCase();
  return word.length === 1 && word !== 'i' ? word.charCodeAt(0) - 96 : 1;
}
