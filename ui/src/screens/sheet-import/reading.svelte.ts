import { call, Failure, shell } from '../../backend';
import type { CarriedFile } from '../../generated/CarriedFile';
import type { FileRead } from '../../generated/FileRead';
import type { ImportOutcome } from '../../generated/ImportOutcome';
import type { ImportTarget } from '../../generated/ImportTarget';
import type { PreviewImport } from '../../generated/PreviewImport';
import type { SheetColumn } from '../../generated/SheetColumn';
import type { SheetRead } from '../../generated/SheetRead';
import type { SuggestedImport } from '../../generated/SuggestedImport';

type Mapping = Readonly<Record<string, number>>;

/** Kinds of file that hold rows. */
export const SHEETS = ['xlsx', 'csv', 'txt'] as const;

/** What is typed or chosen is rehearsed once the person stops. */
const SETTLED_MS = 250;

/** A file of rows while the person says what its columns are: what was read, what is chosen, what each row would do. */
export class SheetReading {
  readonly #target: () => ImportTarget;
  readonly #body: () => string | null;

  #carried = $state.raw<CarriedFile | null>(null);
  read = $state.raw<FileRead | null>(null);
  /** Why the file was refused. */
  refused = $state.raw<Failure | null>(null);
  reading = $state(false);
  /** Of the file that was read, or that is being read. */
  name = $state('');

  #sheet = $state<string | null>(null);
  /** The row of the titles, when the person says another one than the file was read with. */
  #head = $state<number | null>(null);
  /** Which column is which field, once the person has said so of a list. */
  #chosen = $state.raw<Partial<Record<ImportTarget, Mapping>>>({});

  outcome = $state.raw<ImportOutcome | null>(null);
  /** Why the rows cannot be rehearsed. */
  failed = $state.raw<Failure | null>(null);
  rehearsing = $state(false);
  /** Which file, and which rehearsal, is the last. */
  #taken = 0;
  #turn = 0;

  constructor(target: () => ImportTarget, body: () => string | null) {
    [this.#target, this.#body] = [target, body];
    $effect(() => {
      const request = this.request;
      if (request !== null) return this.#rehearse(request);
      [this.outcome, this.failed, this.rehearsing] = [null, null, false];
      return undefined;
    });
  }

  /** Reads a file; the one of before is left. */
  async take(file: File): Promise<void> {
    const mine = (this.#taken += 1);
    const last = () => mine === this.#taken;
    [this.name, this.reading, this.refused] = [file.name, true, null];
    [this.#carried, this.read, this.outcome, this.failed] = [null, null, null, null];
    [this.#sheet, this.#head, this.#chosen] = [null, null, {}];
    try {
      const carried = await shell.contentOf(file);
      const read = await call('read_sheet', { file: carried });
      if (last()) [this.#carried, this.read] = [carried, read];
    } catch (thrown) {
      if (last()) this.refused = Failure.from(thrown);
    } finally {
      if (last()) this.reading = false;
    }
  }

  get sheet(): SheetRead | undefined {
    const sheets = this.read?.sheets;
    return sheets?.find((one) => one.name === this.#sheet) ?? sheets?.[0];
  }
  choose(sheet: string): void {
    [this.#sheet, this.#head, this.#chosen] = [sheet, null, {}];
  }

  get head(): number {
    return this.#head ?? this.sheet?.head_row ?? 1;
  }
  set head(row: number | null) {
    this.#head = row === this.sheet?.head_row ? null : row;
  }
  /** The titles that were read are of another row than the one that was said. */
  get titlesElsewhere(): boolean {
    return this.#head !== null;
  }

  get suggestion(): SuggestedImport | undefined {
    return this.sheet?.suggestions.find((one) => one.target === this.#target());
  }
  get mapping(): Mapping {
    return this.#chosen[this.#target()] ?? this.suggestion?.mapping ?? {};
  }
  /** The field of a column. */
  fieldOf(column: number): string | null {
    return Object.keys(this.mapping).find((field) => this.mapping[field] === column) ?? null;
  }
  /** A column is that field, and no other column is. */
  say(column: SheetColumn, field: string | null): void {
    const rest = Object.entries(this.mapping).filter(([name, at]) => at !== column.index && name !== field);
    const next = field === null ? rest : [...rest, [field, column.index] as const];
    this.#chosen = { ...this.#chosen, [this.#target()]: Object.fromEntries(next) };
  }
  /** Fields that no row can do without and no column is. */
  get missing(): string[] {
    const given = (field: string) => this.mapping[field] !== undefined;
    // Given names and surnames are a name too.
    const named = this.#target() === 'people' && (given('first_names') || given('surnames'));
    return (this.suggestion?.fields ?? [])
      .filter((one) => one.required && !given(one.field) && !(named && one.field === 'full_name'))
      .map((one) => one.field);
  }

  /** What is asked of the core; nothing while it cannot be asked. */
  get request(): PreviewImport | null {
    const [file, sheet, body] = [this.#carried, this.sheet, this.#body()];
    if (!file || !sheet || this.missing.length > 0 || Object.keys(this.mapping).length === 0) return null;
    return {
      target: this.#target(),
      file,
      sheet: sheet.name,
      head_row: this.head,
      mapping: this.mapping,
      ...(body === null ? {} : { body_id: body }),
    };
  }

  /** What each row would do, asked anew: the archive changed. */
  again(): void {
    const request = this.request;
    if (request) this.#rehearse(request);
  }
  #rehearse(request: PreviewImport): () => void {
    const turn = (this.#turn += 1);
    const stands = () => turn === this.#turn;
    this.rehearsing = true;
    const timer = setTimeout(() => {
      call('preview_import', request)
        .then(
          (outcome) => stands() && ([this.outcome, this.failed] = [outcome, null]),
          (thrown: unknown) => stands() && ([this.outcome, this.failed] = [null, Failure.from(thrown)]),
        )
        .finally(() => stands() && (this.rehearsing = false));
    }, SETTLED_MS);
    return () => {
      this.#turn += 1;
      clearTimeout(timer);
    };
  }
}
