/**
 * Where menus, lists and calendars are put: a landmark of the frame, so that whoever goes through the landmarks
 * finds them; the body while there is no frame.
 */
export function floating(): string | HTMLElement {
  return document.getElementById('floating') ?? document.body;
}
