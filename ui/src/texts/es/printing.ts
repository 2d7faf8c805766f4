import { plural } from '../number';

export const printing = {
  title: 'Imprimir',
  action: 'Imprimir…',
  key: 'imprimir',
  looking: 'Se buscan las impresoras…',
  sending: 'Se envía a la impresora…',
  print: 'Imprimir',
  save: 'Guardar PDF…',
  again: 'Volver a consultar',
  whyRefused: 'La impresora elegida no recibe documentos ahora.',
  saveTitle: 'Guardar el documento',
  printer: 'Impresora',
  state: {
    idle: 'lista',
    printing: 'imprimiendo',
    discovered: 'en la red',
    stopped: 'detenida',
    rejecting: 'no recibe documentos',
  },
  usual: 'predeterminada',
  copies: 'Copias',
  sides: 'Caras',
  side: {
    as_set: 'Como esté la impresora',
    one: 'Una cara',
    long: 'Dos caras, como un libro',
    short: 'Dos caras, como una libreta',
  },
  pages: 'Páginas',
  which: {
    all: (n: number | null) => (n === null ? 'Todas' : n === 1 ? 'La única' : `Todas (${n})`),
    some: 'Algunas',
  },
  range: 'Cuáles páginas',
  rangeHelp: (n: number | null) => (n === null ? 'Por ejemplo, 1-3,5' : `De 1 a ${n}; por ejemplo, 1-3,5`),
  whyNoRange: 'Falta decir cuáles páginas.',
  papers: {
    letter: 'carta',
    oficio: 'oficio (216 × 330 mm)',
    legal: 'legal (8½ × 14 pulgadas)',
    a4: 'A4',
    other: 'el de la impresora',
  },
  made: (paper: string, pages: number | null) =>
    pages === null ? `Papel ${paper}` : `${pages} ${plural(pages, 'página', 'páginas')}, papel ${paper}`,
  sent: (printer: string, job: string) => `Enviado a «${printer}»: impresión ${job}.`,
  cancel: 'Cancelar impresión',
  cancelled: (job: string) => `Se canceló la impresión ${job}. El documento sigue donde estaba.`,
  held: (printer: string, reason: string | null) =>
    `La impresora «${printer}» se detuvo${reason ? ` (${reason})` : ''} y la impresión espera. Continúa cuando se reanude; también se puede cancelar.`,
};
