import type { CarriedFile } from '../../generated/CarriedFile';
import type { DocumentKind } from '../../generated/DocumentKind';
import type { FixedPhrase } from '../../generated/FixedPhrase';
import type { FreeSection } from '../../generated/FreeSection';
import type { GivenPicture } from '../../generated/GivenPicture';
import type { PutTemplate } from '../../generated/PutTemplate';
import type { Template } from '../../generated/Template';
import type { TemplatePicture } from '../../generated/TemplatePicture';
import type { Typeface } from '../../generated/Typeface';

/** A picture of the template as it is being said; its bytes, when they are new, stand beside the form. */
export interface PictureField {
  file: string;
  alt: string;
  width: number | null;
}

export interface FormatField {
  kind: DocumentKind;
  code: string;
  version: string;
  series: string;
}

/** A free section, with a name of its own for as long as it is in the form: its place changes. */
export interface SectionField {
  id: string;
  kind: FreeSection['kind'];
  title: string;
  text: string;
}

export const SIZES = ['10', '11', '12'] as const;
export type Size = (typeof SIZES)[number];

/** What the form of a template says. */
export interface TemplateFields {
  /** One a line. */
  lines: string;
  picture: PictureField | null;
  seal: PictureField | null;
  typeface: Typeface;
  size: Size;
  formats: FormatField[];
  phrases: FixedPhrase[];
  sections: SectionField[];
}

/** The bytes of the pictures that were chosen now. */
export interface ChosenFiles {
  picture?: CarriedFile | undefined;
  seal?: CarriedFile | undefined;
}

/** How papers title the notes of the secretariat when the template does not say, in the language of the papers. */
export const NOTES_TITLE = 'Constancias de la secretaría técnica';

/** The width that is proposed for a picture, in millimetres. */
export const USUAL_WIDTH = 22;

/** Another kind's turn: the first of `kinds` that none of the rows has. */
export const freeKind = (kinds: readonly DocumentKind[], taken: readonly { kind: DocumentKind }[]) =>
  kinds.find((kind) => taken.every((one) => one.kind !== kind));

/** Signed minutes wear what the minutes wore. */
export const FORMAT_KINDS = [
  'minutes', 'public_version', 'notice', 'attendance_sheet', 'chair_script', 'excerpt', 'decision_certificate', 'accord',
  'vote_result', 'quorum_ledger', 'paper_kit', 'absence_letter', 'commitment_letter', 'decision_register',
  'commitment_register', 'work_plan', 'project_profile', 'management_report',
] as const satisfies readonly DocumentKind[]; // prettier-ignore

/** The public version says what its minutes say. */
export const PHRASE_KINDS: readonly DocumentKind[] = FORMAT_KINDS.filter((kind) => kind !== 'public_version');

const pictureField = (kept: TemplatePicture | null): PictureField | null =>
  kept && { file: kept.file, alt: kept.alt, width: kept.width };

/** The name of a section that is added. */
export function newId(sections: readonly SectionField[]): string {
  return `s${Math.max(0, ...sections.map((one) => Number(one.id.slice(1)))) + 1}`;
}

/** A template as its form shows it. The notes of the secretariat always have their place, the last one unless it is said. */
export function fieldsOf(template: Template): TemplateFields {
  const said: FreeSection[] = template.sections.some((one) => one.kind === 'secretariat_notes')
    ? template.sections
    : [...template.sections, { kind: 'secretariat_notes', title: NOTES_TITLE }];
  return {
    lines: template.lines.join('\n'),
    picture: pictureField(template.picture),
    seal: pictureField(template.seal),
    typeface: template.typeface,
    size: SIZES.find((one) => one === String(template.text_size)) ?? '11',
    formats: template.formats.map(({ kind, code, version, series }) => ({
      kind,
      code: code ?? '',
      version: version ?? '',
      series: series ?? '',
    })),
    phrases: template.phrases.map((one) => ({ ...one })),
    sections: said.map((one, i) => ({
      id: `s${i + 1}`,
      kind: one.kind,
      title: one.title,
      text: one.kind === 'fixed' ? one.text : '',
    })),
  };
}

function given(field: PictureField, file: CarriedFile | undefined): GivenPicture {
  return { alt: field.alt, width: field.width ?? 0, ...(file ? { file } : {}) };
}

const section = ({ kind, title, text }: SectionField): FreeSection =>
  kind === 'fixed' ? { kind, title, text } : { kind, title };

/** As they print when nothing is said of them: last, under their usual title. */
const usual = (one: SectionField, i: number, all: readonly SectionField[]) =>
  one.kind === 'secretariat_notes' && i === all.length - 1 && one.title.trim() === NOTES_TITLE;

/** What the form says, to be saved. */
export function toPut(body: string, fields: TemplateFields, files: ChosenFiles): PutTemplate {
  return {
    body_id: body,
    lines: fields.lines.split('\n').filter((line) => line.trim() !== ''),
    ...(fields.picture ? { picture: given(fields.picture, files.picture) } : {}),
    ...(fields.seal ? { seal: given(fields.seal, files.seal) } : {}),
    typeface: fields.typeface,
    text_size: Number(fields.size),
    formats: fields.formats,
    phrases: fields.phrases,
    sections: fields.sections.filter((one, i, all) => !usual(one, i, all)).map(section),
  };
}

/** A row that was only begun. */
const begun = {
  phrases: (one: FixedPhrase) => one.text.trim() === '',
  sections: (one: SectionField) => one.title.trim() === '' || (one.kind === 'fixed' && one.text.trim() === ''),
};

/** What of it can be tried already: a row that was only begun is not missed in the pages. */
export function toTry(body: string, fields: TemplateFields, files: ChosenFiles): PutTemplate {
  return toPut(
    body,
    {
      ...fields,
      phrases: fields.phrases.filter((one) => !begun.phrases(one)),
      sections: fields.sections.filter((one) => !begun.sections(one)),
    },
    files,
  );
}

/** A field of what was tried (`phrases.0.text`) as the form has it: the rows that were only begun count there. */
export function inForm(field: string, fields: TemplateFields): string {
  const [part = '', place, ...rest] = field.split('.');
  if (place === undefined || (part !== 'phrases' && part !== 'sections')) return field;
  const skipped = part === 'phrases' ? fields.phrases.map(begun.phrases) : fields.sections.map(begun.sections);
  const rows = skipped.flatMap((is, row) => (is ? [] : [row]));
  return [part, rows[Number(place)] ?? place, ...rest].join('.');
}

/** The samples that a template is tried on; of others the core gives an empty sheet. */
export const SAMPLES = [
  'minutes', 'notice', 'attendance_sheet', 'chair_script', 'decision_certificate', 'decision_register', 'management_report',
] as const satisfies readonly DocumentKind[]; // prettier-ignore

/** Fields of rows, whichever their row: `phrases.0.text`. */
const OF_ROWS =
  /^(lines\.\d+|formats\.\d+\.(kind|code|version|series)|phrases\.\d+\.text|sections\.\d+\.(title|text))$/;
const ALONE = new Set([
  'lines', 'picture', 'picture.alt', 'picture.width', 'seal', 'seal.alt', 'seal.width', 'text_size', 'formats', 'phrases',
  'sections',
]); // prettier-ignore

/** Whether the form has a place to say what is wrong in a field. */
export const hasPlace = (field: string | null | undefined): boolean =>
  typeof field === 'string' && (ALONE.has(field) || OF_ROWS.test(field));
