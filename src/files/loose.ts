// Records as they are read, before their empty fields are left out.

/** `T` whose optional fields may also be there and undefined. JSON leaves those out, which is how they are handed on. */
export type Loose<T> = T extends readonly (infer Item)[]
  ? readonly Loose<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: object extends Pick<T, K> ? Loose<T[K]> | undefined : Loose<T[K]> }
    : T;
