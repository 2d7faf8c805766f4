import { untrack } from 'svelte';
import { call } from '../../backend';
import { Autosave } from '../../state/autosave.svelte';

/**
 * A field of whatever record is shown: another record gets another `Autosave`, so that what was typed stays with
 * the record it was typed for, and what a power cut left is there again. Make it while a component starts.
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
        if (!now) {
          this.field = undefined;
          return undefined;
        }
        const { key, value } = now;
        const made = new Autosave({ key, value, commit: (text) => commit(key, text) });
        this.field = made;
        call('get_draft', { key }).then(
          (draft) => {
            if (draft && this.field === made) made.restore(draft.text);
          },
          () => undefined, // the text that was kept is shown
        );
        return undefined;
      });
    });
    // A panel closed by a key is left without the field having lost the focus.
    $effect(() => () => void this.field?.leave());
  }
}
