/** A delegation that is being revoked. */
export interface Revoked {
  id: string;
  act: string;
  /** The instant from which it has no effect, proposed where a session is under way. */
  from?: string;
}
