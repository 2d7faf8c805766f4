/**
 * Papers, made now or kept in the archive: the names of their files, opened in the system's viewer, saved as PDF, printed.
 */
import { call, shell } from '../backend';
import { t } from '../texts/index.svelte';
import { attempt } from './attempt';
import { printing, type PaperToPrint } from './printing.svelte';

/** The name of a paper's file: what file systems refuse is left out of its title. */
export const fileName = (title: string) => `${title.replaceAll(/[^\p{L}\p{N} .,-]/gu, '')}.pdf`;

const open = ({ name, base64 }: shell.Content) => shell.openCopy(name, base64);
const save = (title: string, { name, base64 }: shell.Content) =>
  shell.saveCopy({
    title,
    suggestedName: name,
    filters: [{ name: t().parts.pdf.file, extensions: ['pdf'] }],
    base64,
  });
const kept = (blob_id: string, name: string) => call('get_file', { blob_id, name });

/** Opens a paper, made now, in the system's viewer. */
export const openPaper = (paper: shell.Content | Promise<shell.Content>) => attempt(Promise.resolve(paper).then(open));

/** Asks where and saves a paper made now; `title` is the dialog's: which paper it is. */
export const savePaper = (title: string, paper: shell.Content | Promise<shell.Content>) =>
  attempt(Promise.resolve(paper).then((one) => save(title, one)));

/** Asks how, and prints a paper made now. */
export const printPaper = (paper: PaperToPrint | Promise<PaperToPrint>) =>
  attempt(Promise.resolve(paper).then((one) => (printing.paper = one)));

/** Opens a kept file in the system's viewer, under a name. */
export const openKept = (blob_id: string, name: string) => openPaper(kept(blob_id, name));

/** Asks where and saves a copy of a kept paper. */
export const saveKept = (title: string, blob_id: string, name: string) => savePaper(title, kept(blob_id, name));
