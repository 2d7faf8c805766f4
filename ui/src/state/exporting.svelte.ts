/** Lists on their way to a file: the one that is being asked about, and the one of the screen. */
import Download from '@lucide/svelte/icons/download';
import { untrack } from 'svelte';
import type { ListOf } from '../generated/ListOf';
import { t } from '../texts/index.svelte';
import { keys } from './keys.svelte';

/** A list as a screen shows it. */
export interface ListSeen {
  list: ListOf;
  /** Which one: "Compromisos". */
  name: string;
  /** How many rows it has, in words: "34 compromisos". */
  rows: string;
  /** It has no rows: only the heads of its columns leave. */
  empty: boolean;
  /** The filters in force, in words; without any it leaves whole. */
  filters: readonly (string | false | null | undefined)[];
  /** What the screen shows and the file does not follow: a search, an order. */
  beside?: string | false;
  /** The screen is of something else, which Ctrl+K names before it. */
  aside?: boolean;
}

class Exporting {
  /** The list the person is asked about; its dialog is open meanwhile. */
  asked = $state.raw<ListSeen>();
  /** What the screen offers, the newest first. */
  offered = $state.raw<readonly (() => ListSeen | null)[]>([]);

  /** The list of the screen, if it shows one. */
  get here(): ListSeen | null {
    return this.offered[0]?.() ?? null;
  }
  /** The entry of a menu that begins it. */
  get entry() {
    const list = this.here;
    return list ? [{ label: t().exporting.action, icon: Download, keys: KEYS, run: () => this.begin() }] : [];
  }
  begin(): void {
    this.asked = this.here ?? undefined;
  }
}

export const exporting = new Exporting();

export const KEYS = 'Ctrl+Shift+S';

/** Declares the list that a component shows, for as long as it lives: its key, its menu and Ctrl+K make a file of it. */
export function exportable(list: () => ListSeen | null): void {
  $effect(() => {
    untrack(() => (exporting.offered = [list, ...exporting.offered]));
    return () => {
      exporting.offered = exporting.offered.filter((other) => other !== list);
    };
  });
  keys(() => [
    {
      keys: KEYS,
      label: t().exporting.key,
      enabled: list() !== null,
      run: () => (exporting.asked = list() ?? undefined),
    },
  ]);
}
