/** The archive that is open: opened, made and left through here, so that the frame always knows. */
import { call, Failure, shell, type ReplyOf } from '../backend';
import { flushAll } from './autosave.svelte';
import { identity } from './identity.svelte';
import { notices } from './notices.svelte';
import { preferences } from './preferences.svelte';
import { go, HOME, router } from './router.svelte';

type State = NonNullable<ReplyOf<'archive_state'>>;

/** Where the program begins when no archive is open. */
export const START = '/inicio';

class Archive {
  state = $state.raw<State | null>(null);
  /** The shell has answered: until then nothing is shown. */
  ready = $state(false);

  /** The file that a start gave and that could not be opened, for the first screen to tell. */
  refused = $state.raw<{ path: string; failure: Failure }>();

  /** Finds out what is open, and leads to the first screen when nothing is. */
  async begin(): Promise<void> {
    try {
      // The choices come before anything is drawn, so that nothing is drawn twice; without a shell the usual ones hold.
      const [state] = await Promise.all([call('archive_state', {}), preferences.load().catch(() => undefined)]);
      this.#take(state);
      await this.openGiven();
    } catch (thrown) {
      if (Failure.from(thrown).code === 'unreachable') throw thrown;
    } finally {
      this.ready = true;
    }
    if (this.state === null && router.place.path !== START) go(START, { replace: true });
  }

  /**
   * Opens the file that a start of the program gave: a double click, now or while another archive is open. It waits
   * until the person has said who they are: what is written down has an author.
   */
  async openGiven(): Promise<void> {
    const path = preferences.files.at(-1);
    if (path === undefined || preferences.actor === null) return;
    preferences.files = [];
    if (this.state?.path === path) return;
    const before = this.state;
    await flushAll();
    try {
      await this.open(path);
      // The pages begin anew: what they show, have asked or could undo is of the other archive.
      if (before !== null) location.reload();
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (this.state === null) this.refused = { path, failure };
      else notices.add(failure.message, { kind: 'error' });
    }
  }

  /** Opens an archive and goes to its first screen. */
  async open(path: string, readOnly = false): Promise<void> {
    this.#take(await call('open_archive', { path, read_only: readOnly }));
    this.refused = undefined;
    go(HOME, { replace: true });
  }

  /** Makes an archive of a backup and opens it, in the place of the one that is open. */
  async recover(backup: string, path: string): Promise<void> {
    await call('restore_backup', { backup, target: path });
    const before = this.state;
    await flushAll();
    await this.open(path);
    if (before !== null) location.reload();
  }

  /** Makes an archive, empty or with the demonstration year, and goes to its first screen. */
  async create(path: string, demo: boolean): Promise<void> {
    const made = await call('create_archive', { path, demo });
    this.#take(made.state);
    go(HOME, { replace: true });
  }

  /** Leaves the archive as one file and goes back to the first screen. */
  async close(): Promise<void> {
    await flushAll();
    await call('close_archive', {});
    this.#take(null);
    go(START, { replace: true });
  }

  #take(state: State | null): void {
    this.state = state;
    identity.name = state?.name ?? 'Actario';
    identity.readOnly = state !== null && !state.writable;
    identity.body = '';
    if (state === null) return;
    void shell.rememberArchive(state.path, state.name).catch(() => undefined);
    void this.#nameBody();
  }

  async #nameBody(): Promise<void> {
    const bodies = await call('list_bodies', {}).catch(() => []);
    identity.body = bodies[0]?.name ?? '';
  }
}

export const archive = new Archive();
