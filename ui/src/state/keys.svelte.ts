/**
 * The keyboard. A screen declares its keys with `keys(() => [...])`; they act while it lives, are listed in the
 * help dialog and, when `bar` says so, in the status bar.
 */
import { untrack } from 'svelte';
import { t } from '../texts/index.svelte';

export interface Key {
  /** `Ctrl+Enter`, `Alt+PageUp`, `F`, `Space`, `F1`. Several that do the same: `['ArrowUp', 'ArrowDown']`. */
  keys: string | string[];
  /** What it does, in lower case, for the status bar and the help. */
  label: string;
  /** Left out when the focused part handles the key itself and it is only listed. */
  run?: (event: KeyboardEvent) => void;
  /** Shown in the status bar, six at most. */
  bar?: boolean;
  /** Whether it acts while typing. Unsaid, those with Ctrl or Alt and function keys do, the others do not. */
  typing?: boolean;
  /** Acts only while the focus is inside. Letters without Ctrl or Alt need it. */
  within?: () => HTMLElement | null | undefined;
  /** `false` leaves it listed but without effect. */
  enabled?: boolean;
}

interface Layer {
  list: () => Key[];
  global: boolean;
}

let layers = $state.raw<Layer[]>([]);
let paused = $state(0);

/** Declares the keys of a component, for as long as it lives. The newest declaration goes first. */
export function keys(list: () => Key[], options: { global?: boolean } = {}): void {
  $effect(() => {
    const layer: Layer = { list, global: options.global ?? false };
    untrack(() => (layers = [layer, ...layers]));
    return () => {
      layers = layers.filter((other) => other !== layer);
    };
  });
}

/** While a dialog or the palette is open the keys of the screen rest. Returns how to wake them. */
export function pauseKeys(): () => void {
  untrack(() => (paused += 1));
  let done = false;
  return () => {
    if (!done) untrack(() => (paused -= 1));
    done = true;
  };
}

/** Whether a dialog or the palette has the keys: a letter on its way to it must not act on what lies behind. */
export function keysRest(): boolean {
  return paused > 0;
}

/** The keys of the screen, then those that act everywhere. */
export function listed(): { here: Key[]; everywhere: Key[] } {
  const of = (global: boolean) => layers.filter((layer) => layer.global === global).flatMap((layer) => layer.list());
  return { here: of(false), everywhere: of(true) };
}

/** The keys that matter now. */
export function barKeys(): Key[] {
  const { here, everywhere } = listed();
  return [...here, ...everywhere].filter((key) => key.bar && key.enabled !== false).slice(0, 6);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type=checkbox],[type=radio],[type=button]), textarea, select, [role=spinbutton]'))
  );
}

/** Whether an event is this combination. The letter is the one written, so that every layout works. */
export function isKey(event: KeyboardEvent, combination: string): boolean {
  const words = combination.split('+');
  const key = words.pop() || '+';
  const wants = (word: string) => words.includes(word);
  const pressed = event.key === ' ' ? 'Space' : event.key;
  if (wants('Ctrl') !== (event.ctrlKey || event.metaKey) || wants('Alt') !== event.altKey) return false;
  // Shift writes some characters ("?"): it counts only with named keys and letters.
  if (pressed.length > 1 || /\p{L}/u.test(pressed)) if (wants('Shift') !== event.shiftKey) return false;
  return pressed.length === 1 ? pressed.toLowerCase() === key.toLowerCase() : pressed === key;
}

function acts(key: Key, event: KeyboardEvent): boolean {
  const combination = [key.keys].flat().find((one) => isKey(event, one));
  if (combination === undefined || !key.run || key.enabled === false) return false;
  const plain = !/Ctrl|Alt|^F\d/.test(combination);
  if (!(key.typing ?? !plain) && isTyping(event.target)) return false;
  const within = key.within?.();
  return !key.within || (within instanceof HTMLElement && within.contains(event.target as Node));
}

/**
 * Ctrl Enter confirms what the screen announces wherever the focus is: buttons, tabs and closed menus would take it
 * for their own Enter. The frame listens with it before they do.
 */
export function onConfirmingKey(event: KeyboardEvent): void {
  if (!isKey(event, 'Ctrl+Enter') || !(event.target instanceof Element)) return;
  const pressed = event.target.closest('button, a[href], [role="tab"]');
  if (!pressed || pressed.closest('.dialog, .popover') || pressed.getAttribute('aria-expanded') === 'true') return;
  onKeydown(event);
  if (event.defaultPrevented) event.stopPropagation();
}

/** Runs the first declared key that the event is. The frame listens with it. */
export function onKeydown(event: KeyboardEvent): void {
  if (event.isComposing || event.defaultPrevented || paused > 0) return;
  for (const layer of layers)
    for (const key of layer.list())
      if (acts(key, event)) {
        event.preventDefault();
        key.run?.(event);
        return;
      }
}

const SIGNS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** A combination as keycaps: `Ctrl+Enter` → ["Ctrl", "Intro"]. */
export function caps(combination: string): string[] {
  const printed: Record<string, string> = t().frame.keys.printed;
  const words = combination === '+' ? ['+'] : combination.replace(/\+\+$/, '+plus').split('+');
  return words.map((word) => (word === 'plus' ? '+' : word)).map((word) => SIGNS[word] ?? printed[word] ?? word);
}

/** A combination for `aria-keyshortcuts`. */
export function ariaKeys(combination: string): string {
  return combination.replace('Ctrl', 'Control');
}
