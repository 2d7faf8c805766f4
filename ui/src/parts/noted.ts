import { getContext, setContext } from 'svelte';

/** What is told of the fields inside by what stands around them. */
export interface Note {
  /** The element that says it. */
  readonly id: string;
  /** Whether it makes them wrong. */
  readonly invalid: boolean;
}

const NOTE = Symbol('note');

/** From here on the fields inside are described by a note, while there is one. */
export const noteFields = (note: () => Note | undefined): void => void setContext(NOTE, note);

/** The note that a field is under. */
export const noteAround = (): (() => Note | undefined) => getContext<() => Note | undefined>(NOTE) ?? (() => undefined);
