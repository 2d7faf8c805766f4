/** What Ctrl K finds: actions that components declare, and records that providers search for. */
import { untrack, type Component } from 'svelte';

/** A piece of text, and whether it is what was looked for. */
export interface Piece {
  text: string;
  hit: boolean;
}

export interface Found {
  id: string;
  title: string;
  /** The title with the found words told apart, where the search told them. */
  pieces?: readonly Piece[];
  /** Where in the record the words are. */
  snippet?: readonly Piece[];
  /** What it is and where, under a title that is its own words. */
  under?: string;
  /** Path, date, number: in faint beside the title. */
  detail?: string;
  icon?: Component<{ size?: number; strokeWidth?: number }>;
  /** Words that also find it. */
  words?: string;
  /** Shown at the right. */
  keys?: string;
  /** Why it cannot be done now; shown disabled. */
  disabled?: string;
  run: () => void;
}

export interface Group {
  label: string;
  found: Found[];
}

/** Searches one kind of record. Give up when `signal` says so: the person went on typing. */
export type Provider = (query: string, signal: AbortSignal) => Promise<Group[]> | Group[];

class Palette {
  open = $state(false);
  actions = $state.raw<(() => Found[])[]>([]);
  providers = $state.raw<Provider[]>([]);
}

export const palette = new Palette();

/** Declares actions for as long as the component lives. */
export function actions(list: () => Found[]): void {
  $effect(() => {
    untrack(() => (palette.actions = [list, ...palette.actions]));
    return () => {
      palette.actions = palette.actions.filter((other) => other !== list);
    };
  });
}

/** Declares a search for as long as the component lives. */
export function provide(provider: Provider): void {
  $effect(() => {
    untrack(() => (palette.providers = [...palette.providers, provider]));
    return () => {
      palette.providers = palette.providers.filter((other) => other !== provider);
    };
  });
}

const RECENT = 'palette-recent';

/** Ids chosen lately, the latest first. */
export function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(RECENT) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id): id is string => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberChoice(id: string): void {
  try {
    localStorage.setItem(RECENT, JSON.stringify([id, ...recentIds().filter((other) => other !== id)].slice(0, 20)));
  } catch {
    // Without storage nothing is recent.
  }
}
