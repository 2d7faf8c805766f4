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
