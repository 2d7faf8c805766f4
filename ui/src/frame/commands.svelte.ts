/** What Ctrl K does from any screen: the acts of the secretariat, in the words that people look for them with. */
import { call, shell } from '../backend';
import type { SessionLine } from '../generated/SessionLine';
import { bodyPaper, sessionPaper, sessionPapers } from '../screens/papers/kinds';
import { openRoom } from '../screens/room/open';
import { saveWord } from '../screens/session-minutes/word';
import { importPlace, TARGETS } from '../screens/sheet-import/place';
import { stepOf } from '../screens/sessions/step';
import { templateOf } from '../screens/template/place';
import { archive } from '../state/archive.svelte';
import { asking } from '../state/asked.svelte';
import { attempt } from '../state/attempt';
import { exporting, KEYS } from '../state/exporting.svelte';
import { identity } from '../state/identity.svelte';
import { notices } from '../state/notices.svelte';
import { actions, palette, type Found } from '../state/palette.svelte';
import { fileName, printPaper, savePaper } from '../state/paper';
import { preferences } from '../state/preferences.svelte';
import { query } from '../state/query.svelte';
import { go, href, router, setSearch } from '../state/router.svelte';
import { redo, undo } from '../state/undo.svelte';
import { language, t } from '../texts/index.svelte';
import type { Screen } from './screens';

interface Parts {
  sections: readonly Screen[];
  /** Shows the keys. */
  help: () => void;
  /** Shows how the window looks. */
  appearance: () => void;
  /** Shows the backups, to make an archive of one. */
  restore: () => void;
}

type Paper = 'preview_minutes' | 'render_notice' | 'render_attendance_sheet' | 'render_chair_script';

const AHEAD = new Set(['scheduled', 'convened', 'postponed']);
const ADOPTED = new Set(['approved', 'signed', 'published']);
/** A session in view: `/sesiones/ID/STEP`. */
const IN_VIEW = /^\/sesiones\/([^/]+)\/([^/]+)/;

export function offerCommands({ sections, help, appearance, restore }: Parts): void {
  const seen = () => IN_VIEW.exec(router.place.path)?.[1];
  const wanted = () => palette.open && archive.state !== null;
  const list = query('list_sessions', () => (wanted() ? {} : null), ['session', 'minutes']);
  // One of long ago is not among the newest.
  const old = query(
    'get_session',
    () => {
      const id = seen();
      return wanted() && id && list.data?.sessions.every((one) => one.id !== id) ? { session_id: id } : null;
    },
    ['session'],
  );

  /** The session in view; elsewhere nothing. */
  const inView = (): SessionLine | undefined => {
    const id = seen();
    return list.data?.sessions.find((one) => one.id === id) ?? (old.data?.line.id === id ? old.data?.line : undefined);
  };
  const newest = (holds: (one: SessionLine) => boolean) => list.data?.sessions.find(holds);
  /** The session that is prepared: the one in view, or the next. */
  const ahead = () => {
    const shown = inView();
    if (shown && AHEAD.has(shown.status)) return shown;
    return list.data?.sessions.filter((one) => AHEAD.has(one.status)).at(-1);
  };
  const going = () => newest((one) => stepOf(one.status) === 'sesionar');
  /** The session that has minutes: the one in view, or the last. */
  const held = () => {
    const shown = inView();
    const has = (one: SessionLine) => stepOf(one.status) === 'acta';
    return shown && has(shown) ? shown : newest(has);
  };
  /** The session whose minutes are adopted: the one in view, or the last. */
  const adopted = () => {
    const has = (one: SessionLine) => ADOPTED.has(one.minutes?.status ?? '');
    const shown = inView();
    return shown ? (has(shown) ? shown : undefined) : newest(has);
  };
  /** The session that the room sees: the one in view, the one under way, or the next; never one in writing. */
  const projected = () => {
    const held = (one: SessionLine | undefined) =>
      one !== undefined && stepOf(one.status) !== 'acta' && one.status !== 'cancelled' && one.mode !== 'written';
    return [inView(), going(), ahead()].find((one) => held(one) && !one?.entered_afterwards);
  };
  const preparar = (one: SessionLine, view: string) =>
    `${href('/sesiones', one.id, 'preparar')}${view === '' ? '' : `?vista=${view}`}`;
  const acta = (one: SessionLine) => href('/sesiones', one.id, 'acta');

  /** The screen of that section does it, from wherever the person is; its filters stay when it is in view. */
  const inScreen = (path: string, act: string, search: Record<string, string | null> = {}) => {
    if (router.place.path === path) setSearch({ ...search, hacer: act });
    else {
      const asked = Object.entries(search).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
      go(`${path}?${new URLSearchParams([...asked, ['hacer', act]] as string[][]).toString()}`);
    }
  };

  const fileOf = (paper: Paper, one: SessionLine) =>
    fileName(`${t().frame.commands.papers[paper]}, ${one.name[language()]}`);
  const read = (paper: Paper, one: SessionLine) =>
    call(paper, { session_id: one.id }).then(({ base64 }) => ({ name: fileOf(paper, one), base64 }));
  const print = (paper: Paper, one: SessionLine) => void printPaper(read(paper, one));
  const save = (paper: Paper, one: SessionLine) => void savePaper(t().minutes.saveTitle, read(paper, one));
  /** The papers that can be printed, the most likely first. */
  const printable = (): [Paper, SessionLine][] => {
    const shown = inView();
    const past = shown ? (AHEAD.has(shown.status) ? undefined : shown) : (held() ?? going());
    const next = shown ?? ahead() ?? going();
    const minutes: [Paper, SessionLine][] = past && past.status !== 'cancelled' ? [['preview_minutes', past]] : [];
    const before: [Paper, SessionLine][] = next
      ? (['render_notice', 'render_attendance_sheet', 'render_chair_script'] as const).map((paper) => [paper, next])
      : [];
    // Those of the screen in view come first: of what is prepared its notice, of what was held its minutes.
    return shown === undefined && next && !router.place.path.startsWith('/actas')
      ? [...before, ...minutes]
      : [...minutes, ...before];
  };

  async function backup() {
    const x = t().frame.commands;
    const [dir] = await shell.pickFile({ purpose: 'folder', title: x.backupFolder });
    if (dir === undefined) return;
    const made = await call('backup_archive', { dir });
    notices.add(x.backupMade(dir), {
      action: { label: x.showFolder, run: () => void attempt(shell.showInFolder(made.path)) },
    });
  }

  const sessionActs = (): Found[] => {
    const x = t().frame.commands;
    const w = x.words;
    const [next, now, last] = [ahead(), going(), held()];
    const name = (one: SessionLine) => one.name[language()];
    const answers = inView()?.id === now?.id ? (now ?? next) : (next ?? now);
    return [
      ...printable().map(([paper, one]) => ({
        id: `print-${paper}`,
        title: x.print[paper],
        detail: name(one),
        words: w.print,
        run: () => print(paper, one),
      })),
      ...(next
        ? [
            {
              id: 'convene',
              title: x.convene,
              detail: name(next),
              words: w.convene,
              run: () => go(asking(preparar(next, 'convocatoria'), 'convocar')),
            },
          ]
        : []),
      ...(answers
        ? [
            {
              id: 'excuse',
              title: x.excuse,
              detail: name(answers),
              words: w.excuse,
              run: () =>
                go(AHEAD.has(answers.status) ? preparar(answers, 'quorum') : href('/sesiones', answers.id, 'sesionar')),
            },
          ]
        : []),
      ...(now
        ? [
            {
              id: 'go-on',
              title: x.goOn,
              detail: name(now),
              words: w.goOn,
              run: () => go(href('/sesiones', now.id, 'sesionar')),
            },
          ]
        : []),
      ...[projected()].flatMap((one) =>
        one
          ? [
              {
                id: 'room',
                title: t().room.title,
                detail: name(one),
                words: t().room.words,
                run: () => openRoom(one.id),
              },
            ]
          : [],
      ),
      ...(last
        ? [
            {
              id: 'correct-minutes',
              title: x.correctMinutes,
              detail: name(last),
              words: w.correct,
              run: () => go(asking(acta(last), 'corregir')),
            },
            {
              id: 'public-version',
              title: t().publicVersion.ofMinutes,
              detail: name(last),
              words: t().publicVersion.index.words,
              run: () => go(`${acta(last)}?vista=public`),
            },
          ]
        : []),
      ...[adopted()].flatMap((one) =>
        one
          ? [
              {
                id: 'excerpt',
                title: t().papers.doors.excerpt,
                detail: name(one),
                words: t().papers.words,
                run: () => go(sessionPaper(one.id, 'excerpt')),
              },
            ]
          : [],
      ),
      ...[inView() && !AHEAD.has(inView()?.status ?? '') ? inView() : (now ?? last)].flatMap((one) =>
        one && one.status !== 'cancelled'
          ? [
              {
                id: 'correct-log',
                title: x.correctLog,
                detail: name(one),
                words: w.correct,
                run: () => go(asking(href('/sesiones', one.id, 'sesionar'), 'registro')),
              },
            ]
          : [],
      ),
      ...(last
        ? [
            {
              id: 'export-minutes',
              title: x.exportMinutes,
              detail: name(last),
              words: w.export,
              run: () => save('preview_minutes', last),
            },
            ...(ADOPTED.has(last.minutes?.status ?? '')
              ? []
              : [
                  {
                    id: 'draft-word',
                    title: t().minutes.word.save,
                    detail: name(last),
                    words: t().minutes.word.words,
                    run: () => void saveWord(last.id),
                  },
                ]),
          ]
        : []),
      ...[inView() ?? last ?? next].flatMap((one) =>
        one
          ? [
              {
                id: 'session-papers',
                title: t().papers.ofSession,
                detail: name(one),
                words: t().papers.words,
                run: () => go(sessionPapers(one.id)),
              },
              {
                id: 'copies',
                title: x.copies,
                detail: name(one),
                words: w.export,
                run: () => go(`${preparar(one, 'documentos')}&papel=copias`),
              },
            ]
          : [],
      ),
    ];
  };

  /** The list of the screen as a file. */
  const listAct = (aside: boolean): Found[] => {
    const list = exporting.here;
    const x = t().exporting;
    return list && (list.aside ?? false) === aside
      ? [{ id: 'export-list', title: x.title(list.name), keys: KEYS, words: x.words, run: () => exporting.begin() }]
      : [];
  };

  actions((): Found[] => {
    const frame = t().frame;
    const x = frame.commands;
    const w = x.words;
    const opened = archive.state !== null;
    const look: Found[] = [
      ...(preferences.dark ? (['light', 'dark', 'system'] as const) : (['dark', 'light', 'system'] as const)).map(
        (theme) => ({
          id: `theme-${theme}`,
          title: `${frame.theme.label}: ${frame.theme[theme]}`,
          words: `${w.theme} ${w.themes[theme]}`,
          run: () => void preferences.set({ theme }),
        }),
      ),
      ...(language() === 'es' ? (['en', 'es'] as const) : (['es', 'en'] as const)).map((one) => ({
        id: `language-${one}`,
        title: `${frame.language}: ${x.languages[one]}`,
        words: `${w.language} ${w.languages[one]}`,
        run: () => void preferences.set({ language: one }),
      })),
      { id: 'appearance', title: frame.appearance, words: w.appearance, run: appearance },
    ];
    if (!opened) return look;
    return [
      ...sections.map((screen, i) => ({
        id: `section-${screen.section}`,
        title: screen.section ? frame.sections[screen.section] : '',
        ...(screen.icon ? { icon: screen.icon } : {}),
        ...(screen.section === 'history' ? { words: w.history } : {}),
        ...(screen.section === 'reports' ? { words: t().papers.words } : {}),
        keys: `Ctrl+${i + 1}`,
        run: () => go(screen.routes[0] ?? '/'),
      })),
      {
        id: 'withheld-index',
        title: t().publicVersion.index.title,
        words: t().publicVersion.index.words,
        run: () => go('/actas/reservada'),
      },
      {
        id: 'check-paper',
        title: t().paperCheck.title,
        words: t().paperCheck.words,
        run: () => go('/actas/verificar'),
      },
      {
        id: 'file-scan',
        title: t().returnedScan.title,
        words: t().returnedScan.words,
        run: () => go('/actas/archivar'),
      },
      ...(['management_report', 'decision_register'] as const).map((kind) => ({
        id: `paper-${kind}`,
        title: kind === 'management_report' ? t().papers.doors.report : t().papers.doors.register,
        words: t().papers.words,
        run: () => go(bodyPaper(kind)),
      })),
      { id: 'plan', title: x.plan, words: w.plan, run: () => go('/plan') },
      ...listAct(false),
      ...sessionActs(),
      ...listAct(true),
      {
        id: 'new-session',
        title: t().sessions.new,
        words: w.newSession,
        run: () => inScreen('/sesiones', 'nueva'),
      },
      {
        id: 'new-delegation',
        title: x.delegation,
        words: w.delegation,
        run: () => inScreen('/integrantes', 'delegacion', { vista: 'delegaciones' }),
      },
      { id: 'new-proposal', title: t().proposals.new, words: w.new, run: () => inScreen('/propuestas', 'nueva') },
      { id: 'commitment-new', title: t().commitments.new, words: w.new, run: () => inScreen('/compromisos', 'nuevo') },
      {
        id: 'new-person',
        title: t().members.people.add,
        words: w.new,
        run: () => inScreen('/integrantes', 'persona', { vista: 'personas' }),
      },
      {
        id: 'new-seat',
        title: t().members.seats.add,
        words: w.new,
        run: () => inScreen('/integrantes', 'puesto', { vista: null }),
      },
      {
        id: 'new-body',
        title: t().members.bodies.new,
        words: w.new,
        run: () => inScreen('/integrantes', 'instancia', { vista: 'instancia' }),
      },
      // What is open only to read takes nothing in.
      ...(identity.readOnly
        ? []
        : TARGETS.map((target) => ({
            id: `import-${target}`,
            title: t().sheetImport.title[target],
            words: t().sheetImport.words,
            run: () => go(importPlace(target)),
          }))),
      {
        id: 'template',
        title: t().template.title,
        words: t().template.words,
        run: () => go(templateOf()),
      },
      { id: 'rules', title: x.rules, words: w.rules, run: () => go('/integrantes?vista=reglas') },
      { id: 'calendar', title: x.calendar, words: w.calendar, run: () => go('/integrantes?vista=calendario') },
      { id: 'backup', title: x.backup, words: w.backup, run: () => void attempt(backup()) },
      { id: 'restore', title: x.restore, words: w.restore, run: restore },
      { id: 'undo', title: frame.undo, keys: 'Ctrl+Z', words: w.undo, run: () => void undo() },
      { id: 'redo', title: frame.redo, keys: 'Ctrl+Shift+Z', run: () => void redo() },
      { id: 'keys', title: frame.keys.help, keys: 'F1', words: w.help, run: help },
      ...look,
      { id: 'close', title: frame.closeArchive, words: w.close, run: () => void attempt(archive.close()) },
    ];
  });
}
