// A print service for the stories: the programs `lp`, `lpstat` and `cancel`, which say what CUPS says of the printers that
// a story decides. The real CUPS is tested without a window (tests/printing); here a printer has to stop, close or keep
// silent when the story says so.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SINCE = 'since Mon Nov 23 17:11:11 2026';

/** What `lpstat -l -p` says of a printer. */
const line = ({ name, description = name, location = '', doing = 'is idle.  enabled', reason }) =>
  `printer ${name} ${doing} ${SINCE}${reason === undefined ? '' : ` -\n\t${reason}`}\n` +
  `\tForm mounted:\n\tDescription: ${description}\n\tLocation: ${location}\n`;

/** A folder of programs, to be put before the computer's own. Its jobs are numbered from 1. */
export function spooler() {
  const folder = mkdtempSync(join(tmpdir(), 'spooler-'));
  const at = (name) => join(folder, name);
  const program = (name, script) => {
    writeFileSync(at(name), `#!/bin/sh\n${script}\n`);
    chmodSync(at(name), 0o755);
  };
  // Asked about a job, it lists those that are left.
  program('lpstat', `case "$*" in *not-completed*) cat '${at('jobs')}' ;; *) cat '${at('printers')}' ;; esac`);
  program(
    'lp',
    `while [ -e '${at('slow')}' ]; do sleep 0.05; done
printf '%s\\n' "$@" > '${at('given')}'
for paper; do :; done
cat "$paper" > '${at('paper.pdf')}'
echo . >> '${at('jobs-made')}'
echo "request id is $2-$(wc -l < '${at('jobs-made')}' | tr -d ' ') (1 file(s))"`,
  );
  program('cancel', `printf '%s\\n' "$@" > '${at('cancelled')}'`);
  const print = {
    folder,
    /** Which printers there are, the default one first; none, or nothing when the service is off. */
    has: (...printers) => {
      const names = printers.map((one) => `${one.name}\n`).join('');
      const usual = printers[0] ? `system default destination: ${printers[0].name}` : 'no system default destination';
      const closed = printers
        .filter((one) => one.closed)
        .map((one) => `${one.name} not accepting requests ${SINCE} -\n\t${one.closed}\n`);
      writeFileSync(
        at('printers'),
        `scheduler is running\n${names}${usual}\n${printers.map(line).join('')}${closed.join('')}`,
      );
    },
    off: () => writeFileSync(at('printers'), 'scheduler is not running\n'),
    /** What is left to print at a printer. */
    left: (printer, ...jobs) =>
      writeFileSync(
        at('jobs'),
        `scheduler is running\n${line(printer)}${jobs.map((job) => `${job}  gloria  134144  Mon Nov 23 17:11:36 2026\n`).join('')}`,
      ),
    /** Keeps whoever prints waiting, until it is told to go on. */
    slow: (slow) => (slow ? writeFileSync(at('slow'), '') : rmSync(at('slow'))),
    /** What `lp` was given, its last argument (the file) apart; nothing when it was not run since it was last asked. */
    given: () => {
      if (!existsSync(at('given'))) return null;
      const given = readFileSync(at('given'), 'utf8').trimEnd().split('\n');
      rmSync(at('given'));
      return { options: given.slice(0, -2).join(' '), file: given.at(-1), paper: readFileSync(at('paper.pdf')) };
    },
    cancelled: () => existsSync(at('cancelled')) && readFileSync(at('cancelled'), 'utf8').trim(),
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
  print.has();
  return print;
}
