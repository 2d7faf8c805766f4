/** An entry's changes as a person reads them: what concept, which fields, what they said and what they say. */
import type { Change } from '../../generated/Change';
import { capital, dateShort, dateTime, number, t } from '../../texts/index.svelte';

/** Names of ids, where something told them. */
export type Names = ReadonlyMap<string, string>;

export interface FieldChange {
  /** Its place: `profile.problem`. */
  at: string;
  label: string;
  before: string | null;
  after: string | null;
}

/** Of the archive's own, and of no use to who reads. */
export const INNER: ReadonlySet<string> = new Set([
  'id', 'blob_id', 'sha256', 'data_sha256', 'hash', 'head', 'updated_at', 'recorded_at', 'sort_name', 'frame', 'verdict',
  'value_for_current_seats', 'sequence', 'agenda_version_id', 'message_blob_id', 'fictitious', 'original_en', 'configurable', 'body_id', 'n', 'size', 'role_original_en',
]); // prettier-ignore
const DEPTH = 4;
/** What a record is called by, the first that it has. */
const OWN = [
  'short_title', 'title', 'full_name', 'name', 'activity', 'text', 'question', 'detail', 'milestone', 'risk', 'concept',
  'file',
]; // prettier-ignore

const plain = (name: string) => capital(name.replace(/_(id|ids|on|at)$/, '').replaceAll('_', ' '));

export function conceptWord(concept: string): string {
  return t().history.concepts[concept] ?? plain(concept);
}

export function fieldWord(concept: string, name: string): string {
  const words = t().history.fields;
  return words[`${concept}.${name}`] ?? words[name] ?? plain(name);
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in words; nothing when it says nothing. Several lines when it has parts. */
export function valueWord(concept: string, name: string, value: unknown, names: Names, listed = false): string | null {
  const x = t().history;
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? x.yes : x.no;
  if (typeof value === 'number') return /year|number|seq|position|round/.test(name) ? String(value) : number(value);
  if (typeof value === 'string') {
    const named = names.get(value);
    if (named !== undefined) return named;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateShort(value);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return dateTime(value);
    if (/^\d{2}:\d{2}:00$/.test(value)) return value.slice(0, 5);
    const code = x.codes[`${concept}.${value}`] ?? x.codes[value];
    if (code !== undefined) return code;
    // An id that nothing names tells nobody anything.
    if (/_ids?$/.test(name)) return x.unnamed;
    return /^[a-z]+(_[a-z]+)+$/.test(value) ? plain(value) : value;
  }
  if (Array.isArray(value)) {
    const told = value.map((one) => valueWord(concept, name, one, names, true)).filter((one) => one !== null);
    if (told.length === 0) return null;
    return told.some((one) => one.includes('\n') || one.length > 40) ? told.join('\n') : told.join(', ');
  }
  if (!isFields(value)) return null;
  // In a list a record goes by its name: the rest of it is in its own place.
  const own = listed ? OWN.map((key) => value[key]).find((one) => typeof one === 'string' && one !== '') : undefined;
  if (typeof own === 'string') return own;
  const parts = Object.entries(value)
    .filter(([key]) => !INNER.has(key))
    .map(([key, part]) => [fieldWord(concept, key), valueWord(concept, key, part, names)] as const)
    .filter(([, part]) => part !== null)
    .map(([label, part]) => `${label}: ${part ?? ''}`);
  return parts.length === 0 ? null : parts.join(listed ? '; ' : '\n');
}

/** The fields that differ; inside one with parts, the parts that do. */
export function fieldChanges(change: Change, names: Names): FieldChange[] {
  const found: FieldChange[] = [];
  const walk = (before: Fields, after: Fields, at: readonly string[]) => {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (INNER.has(key)) continue;
      const [was, is] = [before[key], after[key]];
      if (JSON.stringify(was ?? null) === JSON.stringify(is ?? null)) continue;
      if (isFields(was) && isFields(is) && at.length < DEPTH) {
        walk(was, is, [...at, key]);
        continue;
      }
      const told = {
        before: valueWord(change.table, key, was, names),
        after: valueWord(change.table, key, is, names),
      };
      if (told.before === told.after) continue;
      const path = [...at, key];
      found.push({
        at: path.join('.'),
        label: path.map((one) => fieldWord(change.table, one)).join(' › '),
        ...told,
      });
    }
  };
  walk(change.before ?? {}, change.after ?? {}, []);
  return found;
}

/** What a record calls itself, cut to a line. */
export function recordName(change: Change, names: Names): string | null {
  const row = change.after ?? change.before ?? {};
  const own = OWN.map((key) => row[key]).find((value): value is string => typeof value === 'string' && value !== '');
  const name = own ?? names.get(change.id) ?? null;
  return name !== null && name.length > 90 ? `${name.slice(0, 90)}…` : name;
}
