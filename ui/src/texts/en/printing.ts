import { plural } from '../number';
import type { es } from '../es';
import type { Wording } from '../dictionary';

export const printing: Wording<typeof es.printing> = {
  title: 'Print',
  action: 'Print…',
  key: 'print',
  looking: 'Looking for printers…',
  sending: 'Sending to the printer…',
  print: 'Print',
  save: 'Save PDF…',
  again: 'Look again',
  whyRefused: 'The chosen printer takes no documents now.',
  saveTitle: 'Save the document',
  printer: 'Printer',
  state: {
    idle: 'ready',
    printing: 'printing',
    discovered: 'on the network',
    stopped: 'stopped',
    rejecting: 'takes no documents',
  },
  usual: 'default',
  copies: 'Copies',
  sides: 'Sides',
  side: {
    as_set: 'As the printer is set',
    one: 'One side',
    long: 'Both sides, like a book',
    short: 'Both sides, like a pad',
  },
  pages: 'Pages',
  which: {
    all: (n) => (n === null ? 'All' : n === 1 ? 'The only one' : `All (${n})`),
    some: 'Some',
  },
  range: 'Which pages',
  rangeHelp: (n) => (n === null ? 'For example, 1-3,5' : `From 1 to ${n}; for example, 1-3,5`),
  whyNoRange: 'Say which pages first.',
  papers: {
    letter: 'letter',
    oficio: 'oficio (216 × 330 mm)',
    legal: 'legal (8½ × 14 in)',
    a4: 'A4',
    other: 'the printer’s',
  },
  made: (paper, pages) =>
    pages === null ? `Paper: ${paper}` : `${pages} ${plural(pages, 'page', 'pages')}, paper: ${paper}`,
  sent: (printer, job) => `Sent to “${printer}”: print job ${job}.`,
  cancel: 'Cancel printing',
  cancelled: (job) => `Print job ${job} was cancelled. The document is where it was.`,
  held: (printer, reason) =>
    `The printer “${printer}” stopped${reason ? ` (${reason})` : ''} and the print job waits. It goes on when the printer is resumed; it can also be cancelled.`,
};
