import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Change } from '../../generated/Change';
import { es } from '../../texts/es';
import { dateShort, setLanguage } from '../../texts/index.svelte';
import { fieldChanges, INNER, recordName, valueWord } from './words';

afterEach(() => setLanguage('es'));

const change = (table: string, before: Change['before'], after: Change['after']): Change => ({
  table,
  id: 'x',
  before,
  after,
});
const told = (one: Change) => fieldChanges(one, new Map([['ent-1', 'Secretaría de Hacienda']]));

/** The record of each concept, whose fields are the table's. */
const RECORDS = [
  'Entity', 'Sector', 'Partner', 'Body', 'BodyFunction', 'Person', 'Seat', 'Holder', 'Invitee', 'Delegation', 'Session',
  'AgendaItem', 'Confirmation', 'Guest', 'Event', 'Motion', 'Vote', 'Recusal', 'Decision', 'Statement', 'Commitment',
  'Minutes', 'Withholding', 'Remark', 'Annex', 'Document', 'Proposal', 'WorkPlan', 'Activity',
]; // prettier-ignore
/** What is kept inside their fields. */
const WITHIN = ['RuleSet', 'Calendar', 'Profile'];

/** The names of a type's fields, and of the types within it. */
function namesOf(type: string, seen = new Set<string>()): string[] {
  if (seen.has(type)) return [];
  seen.add(type);
  const source = readFileSync(join('src/generated', `${type}.ts`), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  const within = [...source.matchAll(/import type \{ (\w+) \} from "\.\/\w+"/g)].map((found) => found[1] ?? '');
  return [
    ...[...source.matchAll(/(?:^|[{,\s])"?([a-z_]+)"?\??: /g)].map((found) => found[1] ?? ''),
    ...within.flatMap((one) => namesOf(one, seen)),
  ];
}

describe('every field of a record has a word', () => {
  test.each([...RECORDS, ...WITHIN])('%s', (record) => {
    const concept = record.replaceAll(/(?<!^)([A-Z])/g, '_$1').toLowerCase();
    if (RECORDS.includes(record)) expect(es.history.concepts[concept]).toBeDefined();
    const names = namesOf(record);
    expect(names.length).toBeGreaterThan(2);
    const lacking = names.filter(
      (name) => !INNER.has(name) && !(name in es.history.fields) && !(`${concept}.${name}` in es.history.fields),
    );
    expect([...new Set(lacking)]).toEqual([]);
  });
});

test('a field that changed says what it said and what it says, names and days for people', () => {
  const row = { id: 'x', due_on: '2025-05-13', responsible_entity_id: 'ent-0', status: 'in_progress', note: null };
  expect(
    told(
      change('commitment', row, {
        ...row,
        due_on: '2025-06-13',
        responsible_entity_id: 'ent-1',
        status: 'fulfilled',
        note: 'Listo',
      }),
    ),
  ).toEqual([
    { at: 'due_on', label: 'Fecha límite', before: dateShort('2025-05-13'), after: dateShort('2025-06-13') },
    {
      at: 'responsible_entity_id',
      label: 'Entidad responsable',
      before: es.history.unnamed,
      after: 'Secretaría de Hacienda',
    },
    { at: 'status', label: 'Estado', before: 'En curso', after: 'Cumplido' },
    { at: 'note', label: 'Observación', before: null, after: 'Listo' },
  ]);
});

test('inside a field with parts, only the part that changed', () => {
  const profile = { problem: 'Falta agua', objectives: { general: 'Uno', specific: ['a', 'b'] } };
  expect(
    told(
      change(
        'proposal',
        { profile, updated_at: '2025-01-01T00:00:00Z' },
        {
          profile: { ...profile, objectives: { general: 'Otro', specific: ['a', 'b'] } },
          updated_at: '2025-01-02T00:00:00Z',
        },
      ),
    ),
  ).toEqual([{ at: 'profile.objectives.general', label: 'Ficha › Objetivos › General', before: 'Uno', after: 'Otro' }]);
});

test.each([
  ['a flag', 'vote', true, 'Sí'],
  ['an amount', 'amount', 12900000, '12.900.000'],
  ['a year is no amount', 'year', 2025, '2025'],
  ['a code of its concept', 'status', 'closed', 'Cerrada'],
  ['nothing', 'note', '', null],
  ['an empty list', 'session_ids', [], null],
  ['an unknown id', 'vote_id', 'vot-01', 'otro registro'],
  [
    'parts, a line each',
    'act',
    { number: '014 de 2025', date: '2025-01-20' },
    `Número: 014 de 2025\nFecha: ${dateShort('2025-01-20')}`,
  ],
])('%s', (_, name, value, words) => {
  expect(valueWord('vote', name, value, new Map())).toBe(words);
});

test('in English, too', async () => {
  await setLanguage('en');
  expect(told(change('commitment', { due_on: '2025-05-13' }, { due_on: null }))[0]).toMatchObject({
    label: 'Due',
    after: null,
  });
});

test('a record is called by its short title, or by its first words', () => {
  expect(recordName(change('proposal', null, { title: 'Largo', short_title: 'Corto' }), new Map())).toBe('Corto');
  expect(recordName(change('statement', { text: 'a'.repeat(200) }, null), new Map())).toBe(`${'a'.repeat(90)}…`);
});
