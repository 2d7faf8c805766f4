/** Texts without their exact wording: what another language must offer to stand in for Spanish. */
export type Wording<T> = T extends string
  ? string
  : T extends (...given: infer A) => string
    ? (...given: A) => string
    : T extends readonly string[]
      ? { readonly [K in keyof T]: string }
      : { [K in keyof T]: Wording<T[K]> };
