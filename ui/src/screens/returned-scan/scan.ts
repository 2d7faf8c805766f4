import { shell } from '../../backend';
import type { CarriedFile } from '../../generated/CarriedFile';

/** What a scan comes as: one PDF, or photographs of its pages. */
export const SCANS = ['pdf', 'jpg', 'jpeg', 'png'] as const;

export const isPdf = (file: File): boolean => file.name.toLowerCase().endsWith('.pdf');

/** More files of a scan: photographs follow those there are, a PDF takes their place. */
export const joined = (files: readonly File[], more: readonly File[]): File[] =>
  [...files, ...more].some(isPdf) ? [...more] : [...files, ...more];

/** The pages of a scan as calls take them; nothing of none. */
export async function carried(
  files: readonly File[],
): Promise<{ file: CarriedFile; more_photographs?: CarriedFile[] } | null> {
  const [file, ...more] = await Promise.all(files.map((one) => shell.contentOf(one)));
  return file === undefined ? null : { file, ...(more.length > 0 ? { more_photographs: more } : {}) };
}
