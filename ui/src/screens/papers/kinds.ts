import type { CommitmentFilter } from '../../generated/CommitmentFilter';
import type { DocumentKind } from '../../generated/DocumentKind';
import type { PaperOf } from '../../generated/PaperOf';
import type { Document } from '../../generated/Document';
import { href } from '../../state/router.svelte';
import { calendarDate } from '../../texts/index.svelte';

export type PaperKind = PaperOf['kind'];

/** Each kind as its address names it. */
const SEGMENTS = {
  paper_kit: 'cuaderno',
  quorum_ledger: 'quorum',
  excerpt: 'extracto',
  decision_certificate: 'certificacion',
  accord: 'acuerdo',
  vote_result: 'votacion',
  absence_letter: 'inasistencia',
  commitment_letter: 'compromiso',
  decision_register: 'decisiones',
  commitments: 'compromisos',
  work_plan: 'plan',
  project_profile: 'ficha',
  management_report: 'informe',
} as const satisfies Record<PaperKind, string>;

const KINDS = Object.keys(SEGMENTS) as PaperKind[];

/** The kind that an address names. */
export const kindOf = (segment: string): PaperKind | undefined => KINDS.find((kind) => SEGMENTS[kind] === segment);

/** What a paper is filed as. */
export const filedAs = (kind: PaperKind): DocumentKind => (kind === 'commitments' ? 'commitment_register' : kind);

/** Where a paper of a session is seen: its certificate of the decision `of`, its ledger… */
export const sessionPaper = (session: string, kind: PaperKind, of?: string): string =>
  href('/sesiones', session, 'papeles', SEGMENTS[kind], ...(of === undefined ? [] : [of]));

/** How an address names the binder of a session, which is no paper: it gathers them. */
export const BINDER = 'expediente';

/** Where the binder of a session is made. */
export const sessionBinder = (session: string): string => href('/sesiones', session, 'papeles', BINDER);

/** Where all the papers of a session are seen. */
export const sessionPapers = (session: string): string => href('/sesiones', session, 'papeles');

/** Where a paper of a body is seen; what it is of (`año`, `trimestre`, `estado`) follows the question mark. */
export function bodyPaper(kind: PaperKind, of: Record<string, string | number | null | undefined> = {}): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(of))
    if (value !== null && value !== undefined) said.set(name, String(value));
  return `${href('/papeles', SEGMENTS[kind])}${said.size > 0 ? `?${said.toString()}` : ''}`;
}

/** Where the profile of a project is seen. */
export const profilePaper = (proposal: string): string => href('/papeles', SEGMENTS.project_profile, proposal);

/** The parts of the commitments that a paper may be of. */
export const COMMITMENT_STATES = [
  'open',
  'overdue',
  'due_soon',
  'closed',
  'cancelled',
] as const satisfies readonly CommitmentFilter[];

/** The part that an address names; of all when it names none. */
export const commitmentState = (name: string | null): CommitmentFilter | undefined =>
  COMMITMENT_STATES.find((one) => one === name);

/** Where a copy is seen among those that its body issued in the year. */
export function issuedPaper({ id, body_id, issued_at }: Document): string {
  const of = { vista: 'emitidos', instancia: body_id, año: calendarDate(new Date(issued_at)).slice(0, 4), ver: id };
  return `${href('/papeles')}?${new URLSearchParams(of).toString()}`;
}
