import { call, shell } from '../../backend';
import { attempt } from '../../state/attempt';
import { notices } from '../../state/notices.svelte';
import { t } from '../../texts/index.svelte';

/** Asks where, and saves there the draft of a session's minutes as a Word document; a notice says where it is. */
export const saveWord = (session_id: string) =>
  attempt(
    (async () => {
      const x = t().minutes.word;
      const { file, base64 } = await call('draft_docx', { session_id });
      const path = await shell.saveCopy({
        title: x.title,
        suggestedName: file,
        filters: [{ name: x.file, extensions: ['docx'] }],
        base64,
      });
      if (path === null) return;
      notices.add(x.saved(path), {
        action: { label: x.showFolder, run: () => void attempt(shell.showInFolder(path)) },
      });
    })(),
  );
