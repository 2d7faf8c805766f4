import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const binder: Wording<typeof es.binder> = {
  title: 'Binder of the session',
  door: 'Binder of the session',
  words: 'binder gather join one pdf all papers annexes session file',
  make: 'Gather in one PDF',
  keyMake: 'gather in one PDF',
  panel: 'The binder in one PDF',
  text: 'All papers and annexes of the session in one PDF, with a cover and contents that lead to each.',
  copy: 'It is a working copy, no official document. It may hold reserved information or personal data: it is given only to those who may see them.',
  entries: 'Documents',
  inside: 'Go in',
  named: 'Only named',
  size: 'Size',
  sizeText: (size) => `${size}, and the papers that are printed for it`,
  places: {
    pages: 'Its pages',
    picture: 'Picture, on a page',
    named: 'Only named',
  },
  printed: 'Printed',
  nothing: 'The session has neither papers nor annexes yet. The binder will have its cover and contents.',
  saveTitle: 'Where to save the binder',
  gathering: 'Gathering the binder',
  doing: 'With its papers and annexes, one after another',
  stop: 'Stop',
  elsewhere: 'The binder of another session is being gathered.',
  waits: 'What the binder holds is being read.',
  stopped: 'It was stopped. Nothing was left half done: what was in that place is as it was.',
  failed: 'It was not gathered. What was in that place is as it was; another may be chosen.',
  made: 'Gathered in one PDF',
  file: 'File',
  pages: 'Pages',
  open: 'Open',
  show: 'Show in its folder',
  unread: (n) =>
    `${n} ${plural(n, 'document could not be read and is only named', 'documents could not be read and are only named')} in the contents:`,
};
