import { describe, expect, test } from 'vitest';
import type { Document } from '../../generated/Document';
import { copiesOf, endings } from './copies';

const named = (...files: string[]) => files.map((file) => ({ file }) as Document);
const found = (files: string[], ending: string) => copiesOf(named(...files), ending).map((one) => one.file);

describe('the copies of a paper among the issued documents of its kind', () => {
  test('by number, by place, by id', () => {
    const files = [
      'certificacion-decision-03-2025.pdf',
      'certificacion-decision-13-2025.pdf',
      'certificacion-decision-2025-01-d-a.pdf',
    ];
    expect(found(files, endings.decision({ id: 'd-3', number: 3, year: 2025 }))).toEqual([files[0]]);
    expect(found(files, endings.decision({ id: 'd-a', number: null, year: null }))).toEqual([files[2]]);
    expect(found(['votacion-2025-01-02.pdf', 'votacion-2025-01-12.pdf'], endings.vote(2))).toEqual([
      'votacion-2025-01-02.pdf',
    ]);
    expect(found(['acuerdo-002-2025.pdf', 'acuerdo-012-2025.pdf'], endings.accord({ number: 2, year: 2025 }))).toEqual([
      'acuerdo-002-2025.pdf',
    ]);
    expect(found(['inasistencia-2025-01-puesto-07.pdf'], endings.seat(7))).toHaveLength(1);
  });
  test('an extract of the same items, sub-items told', () => {
    const files = [
      'extracto-acta-01-2025-punto-5-6.pdf',
      'extracto-acta-01-2025-punto-6.pdf',
      'extracto-acta-01-2025-punto-5-1.pdf',
    ];
    expect(found(files, endings.items(['5', '6']))).toEqual([files[0]]);
    expect(found(files, endings.items(['6']))).toEqual([files[1]]);
    expect(found(files, endings.items(['5.1']))).toEqual([files[2]]);
  });
  test('the report of a year is none of its quarters', () => {
    const files = ['informe-de-gestion-2025.pdf', 'informe-de-gestion-2025-trimestre-4.pdf'];
    expect(found(files, endings.report(2025, null))).toEqual([files[0]]);
    expect(found(files, endings.report(2025, 4))).toEqual([files[1]]);
  });
  test('a profile by its code', () => {
    expect(found(['ficha-pro-2025-01.pdf'], endings.proposal('PRO 2025/01'))).toHaveLength(1);
  });
});
