import { shell } from '../backend';
import { language, setLanguage, type Language } from '../texts/index.svelte';

type Kept = shell.Preferences;
type Look = Pick<Kept, 'theme' | 'density' | 'text'>;

/** The copy that the page reads before its first paint, before the shell can answer. */
const STORED = 'preferences';

class PreferencesState {
  actor = $state.raw<shell.Actor | null>(null);
  theme = $state<Kept['theme']>('system');
  density = $state<Kept['density']>('regular');
  text = $state<Kept['text']>('normal');
  /** How the last paper was printed. */
  print = $state.raw<shell.PrintChoice>({ printer: null, sides: null });
  /** Address of the service that stamps the time of electronic signatures; empty for none. */
  timeStampService = $state('');
  platform = $state('linux');
  version = $state('');
  recent = $state.raw<shell.Recent[]>([]);
  /** Files the program was given and that no screen has taken yet. */
  files = $state.raw<string[]>([]);
  #platformTheme = $state<'light' | 'dark'>('light');

  /** Whether dark is what is seen now. */
  get dark(): boolean {
    return (this.theme === 'system' ? this.#platformTheme : this.theme) === 'dark';
  }

  /** Takes over what the shell keeps. */
  async load(): Promise<void> {
    const state = await shell.state();
    this.#platformTheme = state.platform_theme;
    this.platform = state.platform;
    this.version = state.version;
    this.recent = state.recent;
    await this.#take(state.preferences);
    this.files = [...this.files, ...state.files];
  }

  /** Follows the desktop between light and dark. */
  followPlatform(): void {
    shell.onPlatformTheme((theme) => {
      this.#platformTheme = theme;
      this.#show();
    });
  }

  /** Changes some choices: at once on the screen, then in the shell. */
  async set(
    change: Partial<Look> & {
      language?: Language;
      actor?: shell.Actor;
      print?: shell.PrintChoice;
      time_stamp_service?: string;
    },
  ): Promise<void> {
    if (change.theme) this.theme = change.theme;
    if (change.density) this.density = change.density;
    if (change.text) this.text = change.text;
    if (change.actor) this.actor = change.actor;
    if (change.print) this.print = change.print;
    if (change.time_stamp_service !== undefined) this.timeStampService = change.time_stamp_service;
    if (change.language) await setLanguage(change.language);
    this.#show();
    await shell.setPreferences(change);
  }

  async #take(kept: Kept): Promise<void> {
    this.actor = kept.actor;
    this.theme = kept.theme;
    this.density = kept.density;
    this.text = kept.text;
    this.print = kept.print;
    this.timeStampService = kept.time_stamp_service;
    if (kept.language) await setLanguage(kept.language);
    this.#show();
  }

  #show(): void {
    const root = document.documentElement;
    // The engine does not always know the desktop's preference, so "system" is written out as what it means.
    root.dataset['theme'] = this.dark ? 'dark' : 'light';
    root.dataset['density'] = this.density;
    root.dataset['text'] = this.text;
    try {
      const copy = { theme: root.dataset['theme'], density: this.density, text: this.text, language: language() };
      localStorage.setItem(STORED, JSON.stringify(copy));
    } catch {
      // Without storage the first paint takes the usual look; the shell still keeps the choices.
    }
  }
}

export const preferences = new PreferencesState();
