import type { SessionLine } from '../../generated/SessionLine';
import { language } from '../../texts/index.svelte';

/** A session's name inside a sentence: "sesión ordinaria n.º 3 de 2025". */
export function sessionName(session: SessionLine): string {
  const name = session.name[language()];
  return name.charAt(0).toLowerCase() + name.slice(1);
}
