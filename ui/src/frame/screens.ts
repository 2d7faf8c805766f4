import type { IconType } from './icon';

/** Sections, in the order of the sidebar. `records` come under a heading of their own. */
export const SECTIONS = [
  'today',
  'sessions',
  'proposals',
  'minutes',
  'commitments',
  'members',
  'relations',
  'reports',
  'history',
] as const;
export type Section = (typeof SECTIONS)[number];

export interface Badge {
  /** How many wait for something to be done. */
  count?: number | undefined;
  /** Something is going on now. */
  live?: boolean;
}

/** What a folder of `screens/` offers, from its `screen.ts`. */
export interface Screen {
  /** Its place in the sidebar; without one it is reached by links. */
  section?: Section;
  icon?: IconType;
  /** Addresses it answers, `/sesiones/:id/:step`; the first one is the section's. */
  routes: readonly string[];
  /** Without sidebar and status bar: before an archive is open. */
  bare?: boolean;
  /** The component; it may take `params` and `route`. */
  load: () => Promise<{ default: unknown }>;
  /** Called once while the sidebar starts, so that it may query; gives what to show now. */
  badge?: () => () => Badge;
}

const found = import.meta.glob<Screen>('../screens/*/screen.ts', { eager: true, import: 'screen' });

/** Every screen there is. A section without a screen is not shown. */
export const screens: readonly Screen[] = Object.values(found).sort((a, b) => order(a) - order(b));

function order(screen: Screen): number {
  return screen.section ? SECTIONS.indexOf(screen.section) : SECTIONS.length;
}

/** Opens the archive's past rather than today's work. */
export const RECORDS: ReadonlySet<Section> = new Set(['minutes', 'members', 'relations', 'reports', 'history']);
