import { plural } from '../number';

const rows = (n: number) => `${n} ${plural(n, 'fila', 'filas')}`;

export const sheetImport = {
  action: 'Importar…',
  words: 'importar cargar subir excel xlsx csv hoja de cálculo filas datos masivo',
  title: {
    people: 'Importar personas',
    seats: 'Importar puestos con quien los ocupa',
    proposals: 'Importar propuestas',
    commitments: 'Importar compromisos',
  },
  lists: {
    people: 'Personas',
    seats: 'Puestos e integrantes',
    proposals: 'Propuestas',
    commitments: 'Compromisos',
  },
  text: {
    people:
      'Un libro de Excel (.xlsx) o un texto CSV con una persona por fila. Quien ya está se reconoce por su nombre; nunca se leen correos ni teléfonos.',
    seats:
      'Un libro de Excel (.xlsx) o un texto CSV con un puesto por fila y, si se quiere, quien lo ocupa y desde cuándo. Un puesto que ya está se reconoce por su nombre o su número.',
    proposals:
      'Un libro de Excel (.xlsx) o un texto CSV con una propuesta por fila. Entran como borradores; la que ya está se reconoce por su código o su título.',
    commitments:
      'Un libro de Excel (.xlsx) o un texto CSV con un compromiso por fila y la sesión en que se adquirió. El que ya está se reconoce por su sesión y su texto.',
  },
  advice: [
    'Al elegir el archivo se muestra qué haría cada fila. Nada se registra hasta importar, y una importación se deshace de una vez.',
    'Una fila con títulos dice qué es cada columna; las que el programa no reconoce se dicen a mano.',
    'Lo que una celda deja vacío queda como está en el archivo.',
    'La misma lista exportada desde aquí, corregida en la hoja, vuelve con sus columnas reconocidas.',
  ],
  file: 'Archivo',
  drop: 'Arrastrar el libro de Excel o el CSV, o elegirlo',
  reading: 'Leyendo el archivo',
  target: 'Qué son las filas',
  body: 'Instancia',
  sheet: 'Hoja',
  head: 'Fila de los títulos',
  rowCount: rows,
  columns: 'Qué es cada columna',
  columnsText: 'Lo que se reconoció por los títulos. Lo que no es ningún campo no se importa.',
  column: (letters: string) => `Columna ${letters}`,
  fieldOf: (letters: string, title: string) => `Campo de la columna ${letters}, ${title}`,
  leftOut: 'No se importa',
  noSamples: 'Sin datos en las primeras filas',
  required: 'Necesario',
  now: (letters: string) => `Ahora es la columna ${letters}`,
  moved: (field: string, column: string) => `«${field}» ya no es «${column}».`,
  missing: (fields: string) => `Falta decir qué columna es: ${fields}.`,
  rehearsing: 'Viendo qué haría cada fila',
  rows: 'Filas del archivo',
  show: 'Filas que se muestran',
  filter: {
    all: (n: number) => `Todas ${n}`,
    new: (n: number) => `Nuevas ${n}`,
    changes: (n: number) => `Con cambios ${n}`,
    refused: (n: number) => `Rechazadas ${n}`,
  },
  fates: { new: 'Nueva', same: 'Igual', changes: 'Cambia', refused: 'Rechazada' },
  same: (n: number) => `${rows(n)} ya ${plural(n, 'está', 'están')} igual: no se tocan`,
  outcome: (fresh: number, changes: number, same: number, refused: number) =>
    `Nuevas: ${fresh}. Con cambios: ${changes}. Iguales: ${same}. Rechazadas: ${refused}.`,
  row: 'Fila',
  fate: 'Qué pasa',
  name: 'De quién o de qué',
  about: 'Cambios o motivo',
  nameless: 'Sin nombre',
  rowName: (n: number, name: string) => `Fila ${n}, ${name}.`,
  change: (field: string, before: string, after: string) =>
    before === '' ? `${field}: ${after}.` : `${field}: de «${before}» a «${after}».`,
  problem: (cell: string | null, message: string) => (cell === null ? message : `${cell}: ${message}`),
  asItComes: 'Primeras filas como vienen',
  sayColumns: 'Estas son las primeras filas. Falta decir a la derecha qué columna es cada campo necesario.',
  chooseRow: 'Elija una fila para leer todo lo que cambia o por qué se rechaza.',
  nothingNew: 'Todas las filas ya están en el archivo, sin diferencias.',
  noRows: 'Debajo de la fila de los títulos no hay ninguna con datos.',
  noneSuch: 'Ninguna fila es así.',
  likelier: (name: string) => `Por sus títulos, la hoja parece de: ${name}.`,
  become: (list: string) => `Importar como ${list.toLowerCase()}`,
  noBody: 'Todavía no hay ninguna instancia. Se crea en Integrantes.',
  goMembers: 'Ir a Integrantes',
  import: (n: number) => (n === 0 ? 'Importar' : `Importar ${rows(n)}`),
  importKey: 'importar',
  importing: 'Se están registrando las filas.',
  readOnly: 'El archivo está abierto solo para leer: no se puede importar.',
  whyFile: 'Elija antes el archivo.',
  whyColumns: 'Falta decir qué columna es un campo necesario.',
  whyWait: 'Se está viendo qué haría cada fila.',
  whyNothing: 'Ninguna fila trae algo que se pueda registrar.',
  skipTitle: (n: number) => `${rows(n)} no se ${plural(n, 'puede', 'pueden')} registrar`,
  skipText: (n: number) =>
    `${plural(n, 'Se importa la otra', `Se importan las otras ${n}`)}. Lo rechazado queda fuera: corríjalo en la hoja y elija el archivo otra vez; lo ya importado no se repite.`,
  moreRefused: (n: number) => `Y ${n} más, que se leen en la lista.`,
  done: (fresh: number, changes: number, refused: number) =>
    [
      `Se ${plural(fresh + changes, 'importó', 'importaron')} ${rows(fresh + changes)}`,
      ...(changes > 0 ? [`${fresh} ${plural(fresh, 'nueva', 'nuevas')} y ${changes} con cambios`] : []),
      ...(refused > 0 ? [`${refused} ${plural(refused, 'quedó', 'quedaron')} fuera`] : []),
    ].join('; ') + '.',
};
