import { getContext, setContext } from 'svelte';
import { Failure, type ReplyOf } from '../../backend';
import type { Catalogs } from '../../generated/Catalogs';
import type { FiledProposal } from '../../generated/FiledProposal';
import type { PersonLine } from '../../generated/PersonLine';
import type { Proposal } from '../../generated/Proposal';
import { act } from '../../state/saving.svelte';

type Detail = ReplyOf<'get_proposal'>;

/** Fields of the proposal itself; every other path begins in its profile. */
const OWN = [
  'title',
  'short_title',
  'code',
  'proponent_entity_id',
  'contact_person_id',
  'external_filing_number',
] as const;
type Own = (typeof OWN)[number];
const isOwn = (path: string): path is Own => (OWN as readonly string[]).includes(path);

/** What is still written once the profile is locked: the secretariat's part. */
const SECRETARIATS: ReadonlySet<string> = new Set([
  'short_title',
  'contact_person_id',
  'external_filing_number',
  'evaluation',
  'apc_endorsement',
]);

/**
 * A proposal being filled in. Fields are named by their path (`objectives.general`, `risks.items.0.risk`); writes go one
 * after another, each upon what the one before left, so that leaving two fields quickly loses neither.
 */
export class ProposalDesk {
  readonly id: string;
  catalogs = $state.raw() as Catalogs;
  people = $state.raw() as readonly PersonLine[];
  detail = $state.raw() as Detail;
  /** Why a choice could not be kept, by path. Texts say so themselves. */
  refused = $state<Record<string, string>>({});
  /** It is a copy as it was filed: nothing of it is written. */
  readonly frozen: boolean;
  #drafts: ReadonlyMap<string, string>;
  #proposal = $state.raw() as Proposal;
  #pending = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(given: {
    detail: Detail;
    catalogs: Catalogs;
    people: readonly PersonLine[];
    drafts: ReadonlyMap<string, string>;
    frozen?: boolean;
  }) {
    this.frozen = given.frozen ?? false;
    this.id = given.detail.proposal.id;
    this.detail = given.detail;
    this.#proposal = given.detail.proposal;
    this.catalogs = given.catalogs;
    this.people = given.people;
    this.#drafts = given.drafts;
  }

  /** The core's newer answers. While a write is on its way the next one brings a newer still. */
  take(detail: Detail, catalogs: Catalogs, people: readonly PersonLine[]): void {
    this.catalogs = catalogs;
    this.people = people;
    this.detail = detail;
    if (this.#pending === 0) this.#proposal = detail.proposal;
  }

  /** The desk of a copy that was filed, with the names it had. */
  filed(copy: FiledProposal): ProposalDesk {
    return new ProposalDesk({
      detail: { ...this.detail, proposal: copy.proposal, names: copy.names, editable: false },
      catalogs: this.catalogs,
      people: this.people,
      drafts: new Map(),
      frozen: true,
    });
  }

  /** Whether that field can be written now. */
  may(path: string): boolean {
    if (this.frozen) return false;
    if (this.detail.editable) return true;
    const closed = ['not_prioritized', 'withdrawn', 'closed'].includes(this.detail.proposal.status);
    return !closed && SECRETARIATS.has(path.split('.')[0] ?? '');
  }

  get(path: string): unknown {
    if (isOwn(path)) return this.#proposal[path];
    return path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], this.#proposal.profile);
  }

  text(path: string): string {
    const value = this.get(path);
    return typeof value === 'string' ? value : '';
  }

  number(path: string): number | null {
    const value = this.get(path);
    return typeof value === 'number' ? value : null;
  }

  list<T = unknown>(path: string): readonly T[] {
    const value = this.get(path);
    return Array.isArray(value) ? (value as T[]) : [];
  }

  key(path: string): string {
    return `proposal/${this.id}/${path}`;
  }

  /** What was being typed there before the program ended. */
  draft(path: string): string | null {
    return this.#drafts.get(this.key(path)) ?? null;
  }

  /** Writes one field. Throws the failure, for the field to show it. */
  put(path: string, value: unknown): Promise<void> {
    this.#pending += 1;
    const written = this.#last.then(async () => {
      try {
        const edit = isOwn(path) ? { [path]: value } : { profile: this.#top(path, value) };
        this.#proposal = await act('edit_proposal', { id: this.id, ...edit });
      } finally {
        this.#pending -= 1;
      }
    });
    this.#last = written.catch(() => undefined);
    return written;
  }

  /** Writes a choice, and keeps the refusal to be shown beside it. */
  async choose(path: string, value: unknown): Promise<void> {
    try {
      await this.put(path, value);
      delete this.refused[path];
    } catch (thrown) {
      this.refused[path] = Failure.from(thrown).message;
    }
  }

  /** The profile's field that holds the path, with the path changed: the core takes whole fields. */
  #top(path: string, value: unknown): Record<string, unknown> {
    const [top = '', ...rest] = path.split('.');
    return { [top]: placed(this.#proposal.profile[top], rest, value) };
  }
}

function placed(at: unknown, keys: readonly string[], value: unknown): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (/^\d+$/.test(key)) {
    const items = Array.isArray(at) ? [...(at as unknown[])] : [];
    items[Number(key)] = placed(items[Number(key)], rest, value);
    return items;
  }
  const fields = typeof at === 'object' && at !== null ? at : {};
  return { ...fields, [key]: placed((fields as Record<string, unknown>)[key], rest, value) };
}

const HERE = Symbol('proposal desk');

export function setDesk(desk: ProposalDesk): void {
  setContext(HERE, desk);
}

export function useDesk(): ProposalDesk {
  return getContext<ProposalDesk>(HERE);
}
