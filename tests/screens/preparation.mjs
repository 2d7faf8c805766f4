// What the stories of *Preparar* share: going to it, and doing by the page what a person does.
import { SESSION } from './session.mjs';

/** The preparation of a session, in one of its views. */
export const place = (view = '', of = SESSION) => `/sesiones/${of}/preparar${view ? `?vista=${view}` : ''}`;

/** Buttons, fields and tabs by their words. */
export const wordsOf = (page) => ({
  button: (name) => page.getByRole('button', { name }),
  field: (name) => page.getByRole('textbox', { name }),
  tab: (name) => page.getByRole('tab', { name }),
});

/** Chooses by typing, as a person does. */
export async function pick(page, box, words) {
  await box.focus();
  await page.keyboard.type(words);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** A message as a mail program saves it. */
export const message = ({ from, subject, text, name = 'mensaje.eml' }) => ({
  name,
  mimeType: 'message/rfc822',
  buffer: Buffer.from(
    [
      `From: ${from}`,
      'To: secretaria@demo.invalid',
      `Subject: ${subject}`,
      'Date: Mon, 09 Feb 2026 09:15:00 -0500',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      text,
    ].join('\r\n'),
  ),
});

/** A PDF of one empty page, as a dropped file. */
export const pdf = (name) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
});

/** A photo of one point, as a dropped file. */
export const photo = (name) => ({
  name,
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
});

/** Drops files on an element as the desktop does. */
export async function drop(page, target, files) {
  const carried = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const one of given)
        data.items.add(
          new File([Uint8Array.from(atob(one.base64), (c) => c.charCodeAt(0))], one.name, { type: one.mimeType }),
        );
      return data;
    },
    files.map((one) => ({ name: one.name, mimeType: one.mimeType, base64: one.buffer.toString('base64') })),
  );
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer: carried });
}
