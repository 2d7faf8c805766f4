import { untrack } from 'svelte';
import { Autosave } from '../../state/autosave.svelte';

/**
 * A field of whatever record is shown: another record gets another `Autosave`, so that what was typed stays with
 * the record it was typed for. Make it while a component starts.
 */
export class Typed {
  field = $state.raw<Autosave>();

  constructor(
    of: () => { key: string; value: string } | undefined,
    commit: (key: string, value: string) => Promise<unknown>,
  ) {
    let former: string | undefined;
    $effect.pre(() => {
      const now = of();
      untrack(() => {
        if (now && now.key === former) return this.field?.refresh(now.value);
        void this.field?.leave();
        former = now?.key;
        this.field = now
          ? new Autosave({ key: now.key, value: now.value, commit: (value) => commit(now.key, value) })
          : undefined;
        return undefined;
      });
    });
  }
}
