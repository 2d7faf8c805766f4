/** Opens PDF documents to be drawn as pages; loaded when one is first shown. */
import { getDocument, PDFWorker, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';

export type { PDFDocumentProxy, PDFPageProxy };

/** Pixels of the screen to a point of the paper at 100 %. */
export const PIXELS_PER_POINT = 96 / 72;

/** The sharpest a page is drawn: above it a page takes more memory than the eye sees. */
const MOST_PIXELS = 16_000_000;

/**
 * One for all documents, ended with the window. It is named to each of them: a document that looks for a worker by itself
 * ends it when it is closed, and another that is being opened then never is.
 */
let worker: PDFWorker | undefined;

export async function open(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  worker ??= PDFWorker.create({ port: new PdfWorker() });
  const base = new URL('pdf/', document.baseURI).href;
  return getDocument({
    worker,
    // The worker takes what it is given: the caller keeps its own.
    data: bytes.slice(),
    isEvalSupported: false,
    // The same substitutes on every computer: what is missing in a document looks alike everywhere.
    useSystemFonts: false,
    standardFontDataUrl: base,
    wasmUrl: base,
  }).promise;
}

/** Where words stand on a page: its number, and a box a line in points from its upper left corner. */
export interface Standing {
  page: number;
  boxes: { left: number; top: number; width: number; height: number }[];
}

/** As it is compared: without spaces, hyphens and quotation marks, which the lines of a page part and join. */
const bare = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Beginnings of this many letters are looked for, the longest first: a page may end in the middle of the words. */
const BEGINNINGS = [120, 60, 30];

/** Where a document says these words, for the first or the last time. */
export async function locate(document: PDFDocumentProxy, words: string, last: boolean): Promise<Standing | null> {
  const pages = await Promise.all(
    Array.from({ length: document.numPages }, async (_, i) => {
      const page = await document.getPage(i + 1);
      const items = (await page.getTextContent()).items.flatMap((item) => ('str' in item ? [item] : []));
      const viewport = page.getViewport({ scale: 1 });
      return { viewport, items, texts: items.map((item) => bare(item.str)) };
    }),
  );
  const sought = bare(words);
  for (const length of BEGINNINGS) {
    const beginning = sought.slice(0, length);
    if (beginning === '') return null;
    const has = (page: (typeof pages)[number]) => page.texts.join('').includes(beginning);
    const index = last ? pages.findLastIndex(has) : pages.findIndex(has);
    const found = pages[index];
    if (!found) continue;
    const text = found.texts.join('');
    const from = last ? text.lastIndexOf(beginning) : text.indexOf(beginning);
    let to = from + beginning.length;
    while (to < text.length && text[to] === sought[to - from]) to += 1;
    const boxes: Standing['boxes'] = [];
    let at = 0;
    for (const [i, item] of found.items.entries()) {
      const start = at;
      at += found.texts[i]?.length ?? 0;
      if (at <= from || start >= to || at === start) continue;
      const [, , , , x = 0, y = 0] = item.transform as number[];
      const [left = 0, bottom = 0] = found.viewport.convertToViewportPoint(x, y) as number[];
      const line = boxes.at(-1);
      const top = bottom - item.height;
      if (line && Math.abs(line.top - top) < 1) line.width = left + item.width - line.left;
      else boxes.push({ left, top, width: item.width, height: item.height * 1.25 });
    }
    return { page: index + 1, boxes };
  }
  return null;
}

/**
 * Draws a page and its selectable text into `into`, in the place of what was drawn there before, once it is drawn:
 * `former` then stops that. Returns how to stop and wipe it.
 */
export function draw(page: PDFPageProxy, into: HTMLElement, scale: number, former?: () => void): () => void {
  const plain = page.getViewport({ scale });
  const sharp = Math.min(devicePixelRatio, Math.sqrt(MOST_PIXELS / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale: scale * sharp });
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.setAttribute('aria-hidden', 'true');
  const drawing = page.render({ canvas, viewport, background: 'white' });
  const layer = document.createElement('div');
  layer.className = 'textLayer';
  const text = new TextLayer({ textContentSource: page.streamTextContent(), container: layer, viewport: plain });
  const forget = () => {
    former?.();
    former = undefined;
  };
  // Both end with a rejection when they are stopped.
  Promise.all([drawing.promise, text.render()]).then(
    () => {
      forget();
      into.replaceChildren(canvas, layer);
    },
    () => undefined,
  );
  return () => {
    drawing.cancel();
    text.cancel();
    forget();
    canvas.remove();
    layer.remove();
    // Some engines keep the memory of a canvas that is no longer shown.
    canvas.width = 0;
    page.cleanup();
  };
}
