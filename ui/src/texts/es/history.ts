import { plural } from '../number';

export const history = {
  title: 'Historial',
  lead: 'Cada cambio, quién lo hizo y cuándo. Los asientos forman una cadena que no se puede alterar.',
  when: 'Cuándo',
  who: 'Quién',
  what: 'Qué',
  records: 'Registros',
  touched: (n: number) => `${n} ${plural(n, 'registro', 'registros')}`,
  undo: 'Deshacer',
  never: 'No se deshace: se corrige con otro acto',
  more: 'Ver más antiguos',
  empty: 'Todavía no hay cambios.',
  verify: 'Verificar el archivo',
  verifying: 'Verificando…',
  sound: (entries: number, files: number) =>
    `El archivo está íntegro: ${entries} ${plural(entries, 'asiento', 'asientos')}, ${files} ${plural(files, 'archivo adjunto', 'archivos adjuntos')}.`,
  unsound: (n: number) => `Se encontraron ${n} ${plural(n, 'alteración', 'alteraciones')}.`,
  head: 'Huella de la cabeza',
  changes: 'Cambios del asiento',
  before: 'Antes',
  after: 'Después',
  none: '—',
  field: 'Campo',
  select: 'Elija un asiento para ver qué cambió.',
  ops: {
    create_archive: 'Creación del archivo',
    import: 'Carga de datos',
    undo: 'Deshacer',
    redo: 'Rehacer',
    checkpoint: 'Actualización del formato',
  } as Record<string, string>,
};
