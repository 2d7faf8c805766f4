import { tick } from 'svelte';

/** All that can be typed and is not kept by itself: texts, dates and hours. */
const FIELDS =
  ':is(input:not([type="checkbox"], [type="radio"], [type="file"]), textarea, [contenteditable="true"], [role="spinbutton"]):not([data-kept])';

/** The leaving of a dialog: what was typed in it is thrown away only once it was said that it can go. */
export class Leaving {
  /** It is being asked. */
  asking = $state(false);
  /** Where its button that stays is. */
  safe = $state<{ focus: () => void }>();

  #content: () => HTMLElement | null;
  /** What its fields said before the person did anything; unknown until then. */
  #before: string | undefined;
  /** Where the keys were when it was asked. */
  #from: Element | null = null;

  constructor(content: () => HTMLElement | null) {
    this.#content = content;
  }

  #written(): string {
    return [...(this.#content()?.querySelectorAll<HTMLElement>(FIELDS) ?? [])]
      .map((field) => ('value' in field ? String(field.value) : field.textContent))
      .filter(Boolean)
      .join('\n');
  }

  /** It was closed, or opened anew. */
  rest(): void {
    this.#before = undefined;
    this.asking = false;
  }

  /** The person is about to do something in it. */
  begun = (): string => (this.#before ??= this.#written());
  /** Something came in that nobody was seen to begin. */
  came = (): void => {
    this.#before ??= '\u0000';
  };

  /** Esc, or a click outside: leaves at once, or asks first; asked again, stays. */
  leave = (event: Event): void => {
    if (this.#written() === this.begun()) return;
    event.preventDefault();
    if (this.asking) {
      this.stay();
      return;
    }
    this.#from = document.activeElement;
    this.asking = true;
    void tick().then(() => this.safe?.focus());
  };

  stay = (): void => {
    this.asking = false;
    void tick().then(() => {
      const back = this.#from instanceof HTMLElement && this.#from.isConnected ? this.#from : this.#content();
      back?.focus();
    });
  };
}
