import { getContext, setContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { Problem } from '../../generated/Problem';
import { nearest } from './rules';

/** What is amiss in the rules being written, and where in the form each thing is told. */
export class RuleProblems {
  all = $state.raw<readonly Problem[]>([]);
  /** The places that are in the form now; the same one twice for two articles of one number. */
  readonly #places = new SvelteMap<string, number>();

  /** A place is in the form until what this gives is called. */
  put(place: string): () => void {
    this.#places.set(place, (this.#places.get(place) ?? 0) + 1);
    return () => {
      const left = (this.#places.get(place) ?? 1) - 1;
      if (left > 0) this.#places.set(place, left);
      else this.#places.delete(place);
    };
  }

  /** Where a field is told; `null` when nothing of it is in the form. */
  placeOf(at: string): string | null {
    return nearest(at, (place) => this.#places.has(place));
  }

  toldAt(place: string): readonly Problem[] {
    return this.all.filter((one) => this.placeOf(one.at) === place);
  }
}

const HERE = Symbol('rule problems');

export const setRuleProblems = (): RuleProblems => setContext(HERE, new RuleProblems());
export const ruleProblems = (): RuleProblems => getContext<RuleProblems>(HERE);
