import { call, Failure, shell } from '../../backend';
import type { CarriedFile } from '../../generated/CarriedFile';
import type { FileRead } from '../../generated/FileRead';
import type { ImportOutcome } from '../../generated/ImportOutcome';
import type { ImportTarget } from '../../generated/ImportTarget';
import type { PreviewImport } from '../../generated/PreviewImport';
import type { ReadSheet } from '../../generated/ReadSheet';
import type { SheetColumn } from '../../generated/SheetColumn';
import type { SheetRead } from '../../generated/SheetRead';
import type { SuggestedImport } from '../../generated/SuggestedImport';

type Mapping = Readonly<Record<string, number>>;
/** What the person says of columns, by their position: the field that each is, or that it is none. */
type Said = ReadonlyMap<number, string | null>;

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
  /** The row of the titles that is being read with. */
  #head = $state<number | null>(null);
  /** What was said by hand, of each list that the rows may be. */
  #said = $state.raw<Partial<Record<ImportTarget, Said>>>({});

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
    this.name = file.name;
    [this.#carried, this.read, this.outcome, this.failed] = [null, null, null, null];
    [this.#sheet, this.#said] = [null, {}];
    await this.#ask(null, async () => ({ file: await shell.contentOf(file) }));
  }
  /** Reads the sheet again with the titles in another row; where none is said, in the one that looks like it. */
  async headAt(row: number | null): Promise<void> {
    const [file, sheet] = [this.#carried, this.sheet];
    if (!file || !sheet || row === this.head) return;
    await this.#ask(row, () => ({ file, sheet: sheet.name, ...(row === null ? {} : { head_row: row }) }));
  }
  async #ask(head: number | null, asked: () => ReadSheet | Promise<ReadSheet>): Promise<void> {
    const mine = (this.#taken += 1);
    const last = () => mine === this.#taken;
    [this.#head, this.reading, this.refused] = [head, true, null];
    try {
      const request = await asked();
      const read = await call('read_sheet', request);
      if (last()) [this.#carried, this.read] = [request.file, read];
    } catch (thrown) {
      if (last()) this.refused = Failure.from(thrown);
    } finally {
      if (last()) [this.#head, this.reading] = [null, false];
    }
  }

  get sheet(): SheetRead | undefined {
    const sheets = this.read?.sheets;
    return sheets?.find((one) => one.name === this.#sheet) ?? sheets?.[0];
  }
  choose(sheet: string): void {
    [this.#sheet, this.#said] = [sheet, {}];
  }

  get head(): number {
    return this.#head ?? this.sheet?.head_row ?? 1;
  }

  get suggestion(): SuggestedImport | undefined {
    return this.sheet?.suggestions.find((one) => one.target === this.#target());
  }
  /** Which column is which field: as the titles say, but for what was said by hand. */
  get mapping(): Mapping {
    const said: Said = this.#said[this.#target()] ?? new Map();
    const fields = new Set(said.values());
    const guessed = Object.entries(this.suggestion?.mapping ?? {});
    return Object.fromEntries([
      ...guessed.filter(([field, at]) => !said.has(at) && !fields.has(field)),
      ...[...said].flatMap(([at, field]) => (field === null ? [] : [[field, at] as const])),
    ]);
  }
  /** The field of a column. */
  fieldOf(column: number): string | null {
    return Object.keys(this.mapping).find((field) => this.mapping[field] === column) ?? null;
  }
  /** A column is that field, and no other column is. */
  say(column: SheetColumn, field: string | null): void {
    const before = field === null ? undefined : this.mapping[field];
    const said = new Map(this.#said[this.#target()]);
    if (before !== undefined) said.set(before, null);
    this.#said = { ...this.#said, [this.#target()]: said.set(column.index, field) };
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
      head_row: sheet.head_row,
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
