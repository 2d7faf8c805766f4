/** How the room's screen is reached: from Sesionar and from Ctrl K. */
import { shell } from '../../backend';
import { attempt } from '../../state/attempt';
import { href } from '../../state/router.svelte';

/** The address of a session on the room's screen. */
export const ROOM = '/sala/:session';

/** Shows a session on the room's screen: in its window, or in another tab where there are no windows. */
export function openRoom(session: string): void {
  void attempt(
    shell.openRoom(session).then((there) => {
      if (!there) open(href('/sala', session), '_blank', 'noopener');
    }),
  );
}
