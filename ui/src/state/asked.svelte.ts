import { untrack } from 'svelte';
import { router, setSearch } from './router.svelte';

/**
 * Does once what the address asks for (`?hacer=convocar`): Ctrl K or another screen led here. A name without an act
 * waits: what it needs is on its way.
 */
export function whenAsked(acts: () => Record<string, (() => void) | false | undefined>): void {
  $effect(() => {
    const name = router.place.search.get('hacer');
    const run = name === null ? undefined : acts()[name];
    if (!run) return;
    untrack(() => {
      setSearch({ hacer: null });
      run();
    });
  });
}

/** The address of a place that does something on arriving. */
export function asking(place: string, act: string): string {
  return `${place}${place.includes('?') ? '&' : '?'}hacer=${act}`;
}
