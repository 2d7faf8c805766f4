/** One of the things a field chooses from. */
export interface Option<V extends string = string> {
  value: V;
  label: string;
  /** In faint under the label. */
  detail?: string;
  /** Words that also find it where one types to choose. */
  words?: string;
  disabled?: boolean;
}

/** Makes what was typed and is not in the list. */
export interface Create {
  /** What it does, with what was typed: "Registrar a «…»". */
  label: (typed: string) => string;
  /** The words themselves are taken: offered also beside names that match. */
  words?: true;
  /** Does it; gives the id of what was made, or nothing when the words themselves were taken. */
  run: (typed: string) => Promise<string | void> | void;
}
