/** What only the desktop program can do: the person's choices, dialogs, viewer, window. */
import { Failure } from './failure';
import type { Text } from '../generated/Text';
import type { Events } from './transport';
import { transport } from './index';

export interface Actor {
  name: string;
  role: string;
}

export interface Preferences {
  /** Who works at this computer; asked at first run. */
  actor: Actor | null;
  language: 'es' | 'en' | null;
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'regular' | 'comfortable';
  text: 'small' | 'normal' | 'large' | 'larger' | 'largest';
  /** How the last paper was printed. */
  print: PrintChoice;
  /** Address of the service that stamps the time of electronic signatures; empty for none. */
  time_stamp_service: string;
}

/** On which sides of the sheet: one, or both turned over that edge. */
export type Sides = 'one' | 'long' | 'short';

/** What is the same from one paper to the next; `null` is as the computer and the printer are set. */
export interface PrintChoice {
  printer: string | null;
  sides: Sides | null;
}

export interface Recent {
  path: string;
  title: string;
  opened_at: string;
  exists: boolean;
}

export interface ShellState {
  preferences: Preferences;
  /** Archives opened lately, the latest first. */
  recent: Recent[];
  /** Files given at start, each told once. */
  files: string[];
  platform: string;
  platform_theme: 'light' | 'dark';
  version: string;
}

export interface Filter {
  name: string;
  /** Without the dot. */
  extensions: string[];
}

export type Purpose = 'open' | 'open_many' | 'save' | 'folder';

/** A file's bytes as calls take them. */
export interface Content {
  name: string;
  base64: string;
}

export type PrinterState =
  | { kind: 'idle' }
  | { kind: 'printing'; job: string | null }
  | { kind: 'discovered' }
  | { kind: 'stopped'; reason: string | null }
  | { kind: 'rejecting'; reason: string | null };

export interface Printer {
  name: string;
  /** What people call it, when it says more than the name. */
  description: string | null;
  location: string | null;
  is_default: boolean;
  state: PrinterState;
  /** Why it refuses papers now, and what to do. */
  refusal: Text | null;
}

/** What a person chooses among before a document is printed. */
export interface PrintOffer {
  /** One at least. */
  printers: Printer[];
  /** How many pages the document has, when it can be told. */
  pages: number | null;
  /** On which paper it is, when it is one that is known. */
  paper: 'letter' | 'oficio' | 'legal' | 'a4' | null;
}

export interface PrintOrder {
  printer: string;
  copies: number;
  sides: Sides | null;
  /** "1-3,5"; all when `null`. */
  pages: string | null;
  /** What the spooler shows it as. */
  title: string;
}

/** How something sent to a printer is going; `held` waits at a printer that was stopped meanwhile. */
export type PrintState =
  { kind: 'waiting' } | { kind: 'printing' } | { kind: 'held'; reason: string | null } | { kind: 'over' };

async function command<T>(name: string, given: Record<string, unknown> = {}): Promise<T> {
  try {
    return (await transport().command(name, given)) as T;
  } catch (thrown) {
    throw Failure.from(thrown);
  }
}

export const state = () => command<ShellState>('shell_state');

/** Changes some of the choices; what is absent stays. */
export const setPreferences = (change: Partial<Preferences>) => command<Preferences>('set_preferences', { change });

export const rememberArchive = (path: string, title: string) =>
  command<Preferences>('remember_archive', { path, title });

export const forgetArchive = (path: string) => command<Preferences>('forget_archive', { path });

/** Asks for files with the platform's dialog; none when the person desists. */
export const pickFile = (ask: { purpose: Purpose; title: string; suggestedName?: string; filters?: Filter[] }) =>
  command<string[]>('pick_file', {
    purpose: ask.purpose,
    title: ask.title,
    suggested_name: ask.suggestedName ?? null,
    filters: ask.filters ?? [],
  });

/** Reads a file that was picked or given at start. */
export const readPicked = (path: string) => command<Content>('read_picked', { path });

/** Asks where and writes a copy there; `null` when the person desists. */
export const saveCopy = (copy: { title: string; suggestedName: string; filters: Filter[]; base64: string }) =>
  command<string | null>('save_copy', {
    title: copy.title,
    suggested_name: copy.suggestedName,
    filters: copy.filters,
    base64: copy.base64,
  });

/**
 * Asks for a folder and writes the files there, all or none, over nothing; gives the folder, `null` when the person
 * desists.
 */
export const saveCopies = (copies: { title: string; files: Content[] }) =>
  command<string | null>('save_copies', { title: copies.title, files: copies.files });

/** Opens a copy of a document in the system's viewer; gives where the copy is. */
export const openCopy = (name: string, base64: string) => command<string>('open_copy', { name, base64 });

/** Opens a document in the system's viewer. */
export const openPath = (path: string) => command<null>('open_path', { path });

export const showInFolder = (path: string) => command<null>('show_in_folder', { path });

/** The printers of the computer and what the document is made of; fails when there is none. */
export const offerPrinters = (base64: string) => command<PrintOffer>('offer_printers', { base64 });

/** Prints a document; gives its job once the spooler has it. */
export const printPaper = (base64: string, order: PrintOrder) => command<string>('print_paper', { base64, order });

export const printState = (job: string) => command<PrintState>('print_state', { job });

/** Takes back something that was sent to a printer. */
export const cancelPrint = (job: string) => command<null>('cancel_print', { job });

export const setTitle = (title: string) => command<null>('set_title', { title });

/**
 * Shows a session on the room's screen, a window of its own. Says whether there is one: a plain browser has no windows,
 * and the page goes there itself.
 */
export const openRoom = (session: string) => command<boolean>('open_room', { session_id: session });

/** Takes the room's window to full screen or out of it; to the other of the two when not said. */
export const fullScreen = (full: boolean | null = null) => command<null>('full_screen', { full });

/** Ends the program: the page has nothing left to save. */
export const quit = () => command<null>('quit');

/** Files were given to the program (double click, second start): `state()` has them. */
export const onOpenFile = (told: () => void) => transport().listen('files-given', told);

export const onPreferences = (told: () => void) => transport().listen('preferences', told);

export const onPlatformTheme = (told: (theme: 'light' | 'dark') => void) => transport().listen('platform-theme', told);

/** The window wants to close: save what is being typed, then `quit()`. */
export const onClosing = (told: (payload: Events['closing']) => void) => transport().listen('closing', told);

/**
 * Files dropped on an element, as their bytes; the window does not know their paths. `over` says whether files are
 * above it. Returns how to stop.
 */
export function onFilesDropped(
  element: HTMLElement | Document,
  dropped: (files: File[]) => void,
  over: (above: boolean) => void = () => {},
): () => void {
  let depth = 0;
  const carried = (event: Event) => ('dataTransfer' in event ? (event as DragEvent).dataTransfer : null);
  const hasFiles = (event: Event) => carried(event)?.types.includes('Files') ?? false;
  const enter = (event: Event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth += 1;
    over(true);
  };
  const move = (event: Event) => {
    if (hasFiles(event)) event.preventDefault();
  };
  const leave = (event: Event) => {
    if (!hasFiles(event)) return;
    depth = Math.max(0, depth - 1);
    if (depth === 0) over(false);
  };
  const drop = (event: Event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    depth = 0;
    over(false);
    dropped([...(carried(event)?.files ?? [])]);
  };
  element.addEventListener('dragenter', enter);
  element.addEventListener('dragover', move);
  element.addEventListener('dragleave', leave);
  element.addEventListener('drop', drop);
  return () => {
    element.removeEventListener('dragenter', enter);
    element.removeEventListener('dragover', move);
    element.removeEventListener('dragleave', leave);
    element.removeEventListener('drop', drop);
  };
}

/** A dropped or chosen file as calls take it. */
export async function contentOf(file: File): Promise<Content> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { name: file.name, base64: toBase64(bytes) };
}

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  // In slices: a call with a million arguments overflows the stack.
  for (let i = 0; i < bytes.length; i += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(i, i + 0x8000)));
  return btoa(parts.join(''));
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const raw = atob(text);
  const bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i += 1) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
