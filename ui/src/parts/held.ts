import { flushSync } from 'svelte';

/**
 * Tells that a field inside has what cannot be taken (words of a choice neither chosen nor taken back, a number that
 * is none): kept now, it would be lost. Each says so at its field, and the first one takes the focus.
 */
export function held(within: HTMLElement | null): boolean {
  flushSync(); // what the same key chose counts
  const unsettled = () => [
    ...(within?.querySelectorAll<HTMLInputElement>('input:is([role="combobox"], [role="spinbutton"]):invalid') ?? []),
  ];
  for (const one of unsettled()) one.checkValidity(); // it says what is wrong, or takes what it recognises
  flushSync();
  const [first] = unsettled();
  first?.focus();
  return first !== undefined;
}
