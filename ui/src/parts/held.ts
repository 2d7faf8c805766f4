import { flushSync } from 'svelte';

/**
 * Tells that a choice inside has words that are neither chosen nor taken back: kept now, they would be lost. Each
 * says so at its field, and the first one takes the focus.
 */
export function held(within: HTMLElement | null): boolean {
  flushSync(); // what the same key chose counts
  const unsettled = () => [...(within?.querySelectorAll<HTMLInputElement>('input[role="combobox"]:invalid') ?? [])];
  for (const one of unsettled()) one.checkValidity(); // it says what is wrong, or takes the name it recognises
  flushSync();
  const [first] = unsettled();
  first?.focus();
  return first !== undefined;
}
