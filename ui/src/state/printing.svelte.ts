/** Papers on their way to a printer: the one that is being asked about, and those that were sent. */
import { shell } from '../backend';
import { t } from '../texts/index.svelte';
import { attempt } from './attempt';
import { notices } from './notices.svelte';

/** A paper to print: its file, and the title it is printed as; the name of its file when not said. */
export type PaperToPrint = shell.Content & { title?: string };

class Printing {
  /** What the person is asked how to print; its dialog is open meanwhile. */
  paper = $state.raw<PaperToPrint>();
}

export const printing = new Printing();

/** A printer stops within the first pages or not at all: a tray that is empty, a cover that is open. */
const LOOK_EVERY_MS = 3000;
const LOOKS = 40;

/** Tells that the spooler has a paper, and how to take it back; then, once, that its printer stopped before it ended. */
export function wasSent(job: string, printer: string): void {
  const x = t().printing;
  let back = false;
  const cancel = {
    label: x.cancel,
    run: () => {
      back = true;
      void attempt(shell.cancelPrint(job)).then((done) => done && notices.add(x.cancelled(job)));
    },
  };
  const told = notices.add(x.sent(printer, job), { action: cancel });
  const look = async (left: number): Promise<void> => {
    // Nobody asked: what cannot be told now is told by the printer itself.
    const state = await shell.printState(job).catch(() => undefined);
    if (back || !state || state.kind === 'over') return;
    if (state.kind === 'held') {
      notices.dismiss(told);
      notices.add(t().printing.held(printer, state.reason), { kind: 'error', action: cancel });
    } else if (left > 1) setTimeout(() => void look(left - 1), LOOK_EVERY_MS);
  };
  setTimeout(() => void look(LOOKS), LOOK_EVERY_MS);
}
