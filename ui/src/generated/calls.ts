export interface Calls {
  undo: { request: { entry?: number }; reply: { entry: number; op: string } };
  redo: { request: { entry?: number }; reply: { entry: number; op: string } };
  save_draft: { request: { key: string; text: string | null }; reply: null };
}

export const WRITES: ReadonlySet<keyof Calls> = new Set<keyof Calls>(['undo', 'redo', 'save_draft']);
