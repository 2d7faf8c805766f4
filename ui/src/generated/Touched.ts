export type Touched = { concept: string; id: string };
