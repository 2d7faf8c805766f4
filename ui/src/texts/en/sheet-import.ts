import type { Wording } from '../dictionary';
import type { es } from '../es';
import { plural } from '../number';

const rows = (n: number) => `${n} ${plural(n, 'row', 'rows')}`;

export const sheetImport: Wording<typeof es.sheetImport> = {
  action: 'Import…',
  words: 'import load upload excel xlsx csv spreadsheet rows data bulk',
  title: {
    people: 'Import people',
    seats: 'Import seats with their holders',
    proposals: 'Import proposals',
    commitments: 'Import commitments',
  },
  lists: { people: 'People', seats: 'Seats and members', proposals: 'Proposals', commitments: 'Commitments' },
  text: {
    people:
      'An Excel workbook (.xlsx) or a CSV text with one person a row. Those who are there already are known by their name; e-mail addresses and telephones are never read.',
    seats:
      'An Excel workbook (.xlsx) or a CSV text with one seat a row and, if wanted, who holds it and since when. A seat that is there already is known by its name or its number.',
    proposals:
      'An Excel workbook (.xlsx) or a CSV text with one proposal a row. They come in as drafts; one that is there already is known by its code or its title.',
    commitments:
      'An Excel workbook (.xlsx) or a CSV text with one commitment a row and the session it was made in. One that is there already is known by its session and its text.',
  },
  advice: [
    'Once the file is chosen, what each row would do is shown. Nothing is recorded until it is imported, and one import is undone at once.',
    'A row of titles says what each column is; those the program does not know are said by hand.',
    'What a cell leaves empty stays as it is in the archive.',
    'The same list exported from here and corrected in the sheet comes back with its columns known.',
  ],
  file: 'File',
  drop: 'Drop the Excel workbook or the CSV, or choose it',
  reading: 'Reading the file',
  target: 'What the rows are',
  body: 'Body',
  sheet: 'Sheet',
  head: 'Row of the titles',
  rowCount: rows,
  columns: 'What each column is',
  columnsText: 'What was known by the titles. What is no field is not imported.',
  column: (letters) => `Column ${letters}`,
  fieldOf: (letters, title) => `Field of column ${letters}, ${title}`,
  leftOut: 'Not imported',
  noSamples: 'Nothing in the first rows',
  required: 'Required',
  now: (letters) => `Now it is column ${letters}`,
  moved: (field, column) => `“${field}” is no longer “${column}”.`,
  missing: (fields) => `Say which column is: ${fields}.`,
  rehearsing: 'Seeing what each row would do',
  rows: 'Rows of the file',
  show: 'Rows shown',
  filter: {
    all: (n) => `All ${n}`,
    new: (n) => `New ${n}`,
    changes: (n) => `Changing ${n}`,
    same: (n) => `The same ${n}`,
    refused: (n) => `Refused ${n}`,
  },
  fates: { new: 'New', same: 'The same', changes: 'Changes', refused: 'Refused' },
  becomes: {
    new: 'New: what it says is recorded.',
    same: 'The same: it is in the archive just so and stays untouched.',
    changes: 'It changes what is there:',
    refused: 'Refused:',
  },
  outcome: (fresh, changes, same, refused) =>
    `New: ${fresh}. Changing: ${changes}. The same: ${same}. Refused: ${refused}.`,
  row: 'Row',
  fate: 'What happens',
  name: 'Of whom or what',
  about: 'Data, changes or reason',
  said: (field, value) => `${field}: ${value}`,
  chosen: 'The chosen row',
  nameless: 'Without a name',
  rowName: (n, name) => `Row ${n}, ${name}.`,
  change: (field, before, after) =>
    before === '' ? `${field}: ${after}.` : `${field}: from “${before}” to “${after}”.`,
  problem: (cell, message) => (cell === null ? message : `${cell}: ${message}`),
  raw: 'As they come',
  asItComes: 'First rows as they come',
  sayColumns: 'These are the first rows. Say at the right which column each required field is.',
  chooseRow: 'Choose a row to read all it says, what it changes, or why it is refused.',
  nothingNew: 'Every row is in the archive already, without differences.',
  noRows: 'No row below the titles has data.',
  noneSuch: 'No row is like that.',
  likelier: (name) => `By its titles, the sheet seems to be: ${name}.`,
  become: (list) => `Import as ${list.toLowerCase()}`,
  noBody: 'There is no body yet. It is created under Members.',
  goMembers: 'Go to Members',
  import: (n) => (n === 0 ? 'Import' : `Import ${rows(n)}`),
  importKey: 'import',
  importing: 'The rows are being recorded.',
  readOnly: 'The archive is open for reading only: nothing can be imported.',
  whyFile: 'Choose the file first.',
  whyColumns: 'Say which column is a required field.',
  whyWait: 'What each row would do is being seen.',
  whyNothing: 'No row brings anything that can be recorded.',
  skipTitle: (n) => `${rows(n)} cannot be recorded`,
  skipText: (n) =>
    `The other ${plural(n, 'one is', `${n} are`)} imported. What is refused is left out: correct it in the sheet and choose the file again; what was imported is not repeated.`,
  moreRefused: (n) => `And ${n} more, to be read in the list.`,
  done: (fresh, changes, refused) =>
    [
      `${rows(fresh + changes)} imported`,
      ...(changes > 0 ? [`${fresh} new and ${changes} changed`] : []),
      ...(refused > 0 ? [`${refused} left out`] : []),
    ].join('; ') + '.',
};
