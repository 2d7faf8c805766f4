class Identity {
  /** The archive's name: what the window and the sidebar say first. */
  name = $state('Actario');
  /** The body whose records are seen. */
  body = $state('');
  /** An archive opened only to read: nothing can be changed, and the frame says so. */
  readOnly = $state(false);
  /** The session under way, if any: the frame leads back to it. */
  running = $state.raw<{ href: string; title: string }>();
}

/** Whose archive is open, as the frame shows it; set by what opens archives. */
export const identity = new Identity();
