/** Fields of a form that may stay empty say so; of the rest, those where something is written. */
const FIELDS =
  '.field:not([data-optional]) :is(textarea, input:not([type="checkbox"], [type="radio"], [type="hidden"]))';

/** What is said to be wrong at its field, or at a group of fields, takes the keys, and what is said of it is seen. */
export function wrongTakesKeys(within: HTMLElement | undefined) {
  for (const wrong of within?.querySelectorAll<HTMLElement>(':is([aria-invalid], [data-invalid])') ?? []) {
    wrong.focus();
    // A box around several controls takes no keys: the first of them does.
    if (document.activeElement !== wrong) continue;
    wrong.closest('.field')?.querySelector('.error')?.scrollIntoView({ block: 'nearest' });
    return;
  }
}

/**
 * What cannot be confirmed yet was confirmed: the first field inside that is wrong, or has nothing and should, takes the
 * keys. Gives what is still to be told of it: nothing where the body of the dialog says it already.
 */
export function missing(within: HTMLElement | null, why: string): string | null {
  const wrong = within?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const empty = [...(within?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(FIELDS) ?? [])].find(
    (one) => one.value.trim() === '' && !one.disabled && !one.readOnly,
  );
  (wrong ?? empty)?.focus();
  return within?.querySelector('.dialog-body')?.textContent.includes(why) ? null : why;
}
