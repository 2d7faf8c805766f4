import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

export const returnedScan: Wording<typeof es.returnedScan> = {
  title: 'File minutes signed by hand',
  words: 'scan photographs minutes signed by hand paper returned file code',
  text: 'The minutes that come back signed on paper: a scanned PDF, or photographs of their pages. The code of the last page says which minutes they are.',
  drop: 'Drop the PDF or the photographs, or choose them',
  dropMore: 'Drop more photographs, or choose them',
  chosen: 'Scan',
  order: 'The photographs are kept in this order, one a page. Alt+↑ and Alt+↓ put them in order.',
  page: (n) => `Page ${n}`,
  pages: (n) => `${n} ${plural(n, 'photograph', 'photographs')}`,
  take: (name) => `Take ${name} away`,
  reading: 'Reading the code of the last page',
  found: 'The code says which minutes they are',
  other: 'The code is of another document',
  unknown: 'The code is not of this archive',
  unread: 'The code was not read',
  notMinutes: 'That document is no minutes. Check that it is the right paper, or choose the minutes.',
  minutes: 'Minutes',
  chooseMinutes: 'Choose the minutes',
  none: 'There are no adopted minutes yet. Only adopted minutes are filed as signed.',
  file: 'File with those minutes',
  fileWhy: 'Choose the scan and the minutes first.',
  once: 'It is kept as it came, beside the minutes. Photographs become one PDF. This is never undone.',
  go: 'Go to the minutes',
  isRight: 'It is the right paper: file it',
  isNot: 'No: choose another',
  choose: 'Once the scan is chosen, this says which minutes it is.',
  again: 'File another',
};
