import type { DocumentKind } from '../../generated/DocumentKind';
import type { PaperOf } from '../../generated/PaperOf';
import type { Document } from '../../generated/Document';
import { href } from '../../state/router.svelte';
import { calendarDate } from '../../texts/index.svelte';
import { commitmentsSearch } from './commitments';

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

/** What an address asks for after its question mark. */
type Asked = Record<string, string | number | null | undefined>;

function asking(place: string, asked: Asked): string {
  const said = new URLSearchParams();
  for (const [name, value] of Object.entries(asked))
    if (value !== null && value !== undefined && value !== '') said.set(name, String(value));
  return `${place}${said.size > 0 ? `?${said.toString()}` : ''}`;
}

/** Where a paper of a session is seen: its certificate of the decision `of`, its ledger… */
export const sessionPaper = (session: string, kind: PaperKind, of?: string, asked: Asked = {}): string =>
  asking(href('/sesiones', session, 'papeles', SEGMENTS[kind], ...(of === undefined ? [] : [of])), asked);

/** How an address names the binder of a session, which is no paper: it gathers them. */
export const BINDER = 'expediente';

/** Where the binder of a session is made. */
export const sessionBinder = (session: string): string => href('/sesiones', session, 'papeles', BINDER);

/** Where all the papers of a session are seen. */
export const sessionPapers = (session: string): string => href('/sesiones', session, 'papeles');

/** Where a paper of a body is seen; what it is of (`año`, `trimestre`, `estado`) follows the question mark. */
export const bodyPaper = (kind: PaperKind, asked: Asked = {}): string =>
  asking(href('/papeles', SEGMENTS[kind]), asked);

/** Where the profile of a project is seen. */
export const profilePaper = (proposal: string, asked: Asked = {}): string =>
  asking(href('/papeles', SEGMENTS.project_profile, proposal), asked);

/** Where a copy is seen among those that its body issued in the year. */
export function issuedPaper({ id, body_id, issued_at }: Document): string {
  const of = { vista: 'emitidos', instancia: body_id, año: calendarDate(new Date(issued_at)).slice(0, 4), ver: id };
  return `${href('/papeles')}?${new URLSearchParams(of).toString()}`;
}

/** Where the paper that a document is a copy of is seen, with that copy in its pages; nowhere for what is of no paper. */
export function paperOfCopy({ id: copia, paper, body_id: instancia, session_id: session }: Document): string | null {
  if (!paper) return null;
  switch (paper.kind) {
    case 'project_profile':
      return profilePaper(paper.proposal_id, { copia });
    case 'decision_register':
      return bodyPaper(paper.kind, { instancia, año: paper.year, copia });
    case 'work_plan':
      return bodyPaper(paper.kind, { instancia, plan: paper.work_plan_id, copia });
    case 'management_report':
      return bodyPaper(paper.kind, { instancia, año: paper.year, trimestre: paper.quarter ?? 'vigencia', copia });
    case 'commitments': {
      const asked = { ...commitmentsSearch(paper), copia };
      return session
        ? sessionPaper(session, paper.kind, undefined, asked)
        : bodyPaper(paper.kind, { instancia, ...asked });
    }
    // The rest are of a session: only an extract of minutes that came without theirs has none.
    case 'excerpt':
      return session && sessionPaper(session, paper.kind, undefined, { puntos: paper.item_ids.join(','), copia });
    case 'paper_kit':
    case 'quorum_ledger':
      return session && sessionPaper(session, paper.kind, undefined, { copia });
    case 'decision_certificate':
    case 'accord':
      return session && sessionPaper(session, paper.kind, paper.decision_id, { copia });
    case 'vote_result':
      return session && sessionPaper(session, paper.kind, paper.vote_id, { copia });
    case 'absence_letter':
      return session && sessionPaper(session, paper.kind, paper.seat_id, { copia });
    case 'commitment_letter':
      return session && sessionPaper(session, paper.kind, paper.commitment_id, { copia });
  }
}
