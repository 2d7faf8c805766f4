import { keysRest } from '../state/keys.svelte';

/** The areas of the window in the order of Tab and F6. Each is marked with `data-area`. */
const FOCUSABLE =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), [tabindex="0"], [contenteditable="true"]';

/** Takes the focus to the next area, or the one before. */
export function moveArea(by: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>('[data-area]')].filter((area) => area.offsetParent !== null);
  const now = areas.findIndex((area) => area.contains(document.activeElement));
  for (let step = 1; step <= areas.length; step += 1) {
    const area = areas[(now + by * step + areas.length * 2) % areas.length];
    if (area && enter(area)) return;
  }
}

/** Puts the focus on the area's tab stop, or on the area itself when it has none. */
export function enter(area: HTMLElement): boolean {
  const inside = [...area.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null && !element.closest('[data-area]')?.isSameNode(area) === false,
  );
  // A table's or an editor's own stop is worth more than the first button of its toolbar.
  const target = inside.find((element) => element.matches('tr, [role=row], [contenteditable]')) ?? inside[0];
  if (target) target.focus();
  else {
    area.tabIndex = -1;
    area.focus();
  }
  return area.contains(document.activeElement);
}

const ROW =
  'tr[tabindex="0"], [role=row][tabindex="0"], [role=gridcell][tabindex="0"], ol[data-arrives] > li[tabindex="0"], a.line';
const FIELD =
  'input:not(:disabled, [type=hidden], [hidden]), textarea:not(:disabled), [contenteditable="true"], [role=spinbutton], [role=combobox]';
/** A screen that takes longer than this to show its rows is no longer being arrived at. */
const ARRIVING_MS = 4000;
const ROWS_MS = 400;
/** About a frame: what the screen does with the focus itself comes first. */
const LOOK_MS = 16;

/** Whether what had the focus is gone, or nothing has it. */
const nowhere = () => document.activeElement === null || document.activeElement === document.body;

/**
 * On arriving at a screen, once it has what it shows: the focus goes to its first row (a calendar's day), or field, so that the arrows
 * and Enter act at once. Whoever took the focus meanwhile (the screen itself, the person) keeps it. Returns how to
 * give it up.
 */
export function arrive(): () => void {
  const since = performance.now();
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const main = document.getElementById('main');
    const waits = !main || main.childElementCount === 0 || main.querySelector('[aria-busy="true"]') !== null;
    if (!nowhere() || performance.now() - since > ARRIVING_MS) return;
    if (waits || keysRest()) {
      timer = setTimeout(look, LOOK_MS);
      return;
    }
    const of = (selector: string) =>
      [...main.querySelectorAll<HTMLElement>(selector)].find((element) => element.offsetParent !== null);
    const row = of(ROW);
    // Rows come a moment after the fields over them.
    if (!row && performance.now() - since < ROWS_MS) {
      timer = setTimeout(look, LOOK_MS);
      return;
    }
    // Neither rows nor fields: what the arrows move or scroll, such as pages or tabs.
    const target = row ?? of(FIELD) ?? of('[tabindex="0"]');
    if (target) target.focus();
    else main.focus();
  };
  // After what the screen does with the focus itself.
  timer = setTimeout(look, LOOK_MS);
  return () => clearTimeout(timer);
}

/** After whoever gives the focus back does it: a dialog, the screen itself. */
const LOST_MS = 250;

/**
 * What had the focus may go with what it did: its button, its row, its form. The nearest part that is still there has
 * it then, so that the keys go on from that place and nothing is pressed by a second Enter. Returns how to stop.
 */
export function keepFocus(): () => void {
  /** What last had the focus in the screen, and the parts around it, inner first. */
  let around: HTMLElement[] = [];
  let timer: ReturnType<typeof setTimeout>;
  const remember = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.closest('.page')) return;
    around = [];
    for (let part: HTMLElement | null = event.target; part; part = part.parentElement) around.push(part);
  };
  const look = () => {
    if (!nowhere() || keysRest() || around[0]?.isConnected !== false) return;
    const near = around.find(
      (part) => part.isConnected && part.matches('section, form, aside, main, [role="tabpanel"]'),
    );
    const to = near ?? document.getElementById('main');
    if (!to) return;
    if (!to.hasAttribute('tabindex')) to.tabIndex = -1;
    to.focus({ preventScroll: true });
  };
  const watch = new MutationObserver(() => {
    if (!nowhere() || around[0]?.isConnected !== false) return;
    clearTimeout(timer);
    timer = setTimeout(look, LOST_MS);
  });
  document.addEventListener('focusin', remember);
  watch.observe(document.body, { childList: true, subtree: true });
  return () => {
    clearTimeout(timer);
    watch.disconnect();
    document.removeEventListener('focusin', remember);
  };
}
