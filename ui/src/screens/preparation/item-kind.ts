import type { AgendaKind } from '../../generated/AgendaKind';
import { folded } from '../../texts/index.svelte';

/** Words of a title and the kind of item they usually name, the first that fits; Spanish and English, without accents. */
const WORDS: readonly (readonly [RegExp, AgendaKind])[] = [
  [/\b(llamado a lista|quorum|roll call)\b/, 'opening'],
  [/\b(orden del dia|adopt\w* the agenda|approv\w* of the agenda)\b/, 'procedure'],
  [/\b(actas?|minutes)\b/, 'previous_minutes'],
  [/\b(compromisos|commitments|tareas pendientes)\b/, 'follow_up'],
  [/\b(reglamento|rules of procedure)\b/, 'internal_rules'],
  [/^(proposiciones|varios|otros asuntos|other business|any other)\b/, 'other_business'],
  [/\b(informe|report)\b.*\b(aprobacion|decision|votacion|approval)\b/, 'report_decision'],
  [/\b(aprobacion|decision|votacion|approval)\b.*\b(informe|report)\b/, 'report_decision'],
  [/\b(informe|report|balance|avances?)\b/, 'report'],
  [/\b(propuestas?|proposals?|aprobacion|approval|adopcion|adoption|priorizacion)\b/, 'proposal'],
  [/\b(autorizacion|eleccion|election|designacion)\b/, 'proposal'],
];

/** The kind that a title's words suggest, to be seen and changed by whoever types it; a report when they tell nothing. */
export function kindOf(title: string): AgendaKind {
  const words = folded(title.trim());
  return WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? 'report';
}
