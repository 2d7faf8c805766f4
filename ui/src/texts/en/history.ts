import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const history: Wording<typeof es.history> = {
  title: 'History',
  lead: 'Every change, who made it and when. The entries form a chain that cannot be altered.',
  when: 'When',
  who: 'Who',
  what: 'What',
  records: 'Records',
  touched: (n) => `${n} ${plural(n, 'record', 'records')}`,
  undo: 'Undo',
  never: 'Never undone: another act corrects it',
  more: 'Show older ones',
  empty: 'No changes yet.',
  verify: 'Verify the archive',
  verifying: 'Verifying…',
  sound: (entries, files) =>
    `The archive is sound: ${entries} ${plural(entries, 'entry', 'entries')}, ${files} ${plural(files, 'kept file', 'kept files')}.`,
  unsound: (n) => `${n} ${plural(n, 'alteration was', 'alterations were')} found.`,
  head: 'Hash of the head',
  changes: 'Changes of the entry',
  before: 'Before',
  after: 'After',
  none: '—',
  field: 'Field',
  select: 'Choose an entry to see what changed.',
  ops: {
    create_archive: 'Archive made',
    import: 'Data loaded',
    undo: 'Undo',
    redo: 'Redo',
    checkpoint: 'Format updated',
  },
};
