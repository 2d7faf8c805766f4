import type { ImportedRow } from '../../generated/ImportedRow';
import type { ImportField } from '../../generated/ImportField';
import type { RowFate } from '../../generated/RowFate';
import type { Tone } from '../../parts/tone';
import type { Language } from '../../texts/index.svelte';

/** How what becomes of a row is marked. */
export const TONES: Record<RowFate, Tone> = { new: 'ok', same: 'neutral', changes: 'warn', refused: 'danger' };

/** Fields that a row goes by: its name says them. */
const NAMING = new Set(['full_name', 'first_names', 'surnames', 'title', 'text']);

/** What a cell of a row says, by the name of the field that it is. */
export interface Said {
  field: string;
  label: string;
  value: string;
}

/** What a row's own cells say, in the order of the fields. */
export const saidBy = (row: ImportedRow, fields: readonly ImportField[], language: Language): Said[] =>
  fields.flatMap(({ field, label }) => {
    const value = row.cells[field];
    return value === undefined ? [] : [{ field, label: label[language], value }];
  });

/** What of it its name does not say already. */
export const besidesName = (said: readonly Said[]): Said[] => said.filter((one) => !NAMING.has(one.field));
