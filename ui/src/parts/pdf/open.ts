/** Opens PDF documents to be drawn as pages; loaded when one is first shown. */
import { getDocument, GlobalWorkerOptions, TextLayer } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import PdfWorker from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker';

export type { PDFDocumentProxy, PDFPageProxy };

/** Pixels of the screen to a point of the paper at 100 %. */
export const PIXELS_PER_POINT = 96 / 72;

/** The sharpest a page is drawn: above it a page takes more memory than the eye sees. */
const MOST_PIXELS = 16_000_000;

export async function open(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  // One worker for all documents, ended with the window.
  GlobalWorkerOptions.workerPort ??= new PdfWorker();
  const base = new URL('pdf/', document.baseURI).href;
  return getDocument({
    // The worker takes what it is given: the caller keeps its own.
    data: bytes.slice(),
    isEvalSupported: false,
    // The same substitutes on every computer: what is missing in a document looks alike everywhere.
    useSystemFonts: false,
    standardFontDataUrl: base,
    wasmUrl: base,
  }).promise;
}

/** Draws a page and its selectable text into `into`. Returns how to stop and wipe it. */
export function draw(page: PDFPageProxy, into: HTMLElement, scale: number): () => void {
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
  into.replaceChildren(canvas, layer);
  // Both end with a rejection when they are stopped.
  drawing.promise.catch(() => undefined);
  text.render().catch(() => undefined);
  return () => {
    drawing.cancel();
    text.cancel();
    into.replaceChildren();
    // Some engines keep the memory of a canvas that is no longer shown.
    canvas.width = 0;
    page.cleanup();
  };
}
