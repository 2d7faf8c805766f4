/** English: must offer exactly what Spanish offers. */
import type { Wording } from './dictionary';
import { frame } from './en/frame';
import { live } from './en/live';
import { parts } from './en/parts';
import { start } from './en/start';
import type { es } from './es';

export const en: Wording<typeof es> = { frame, live, parts, start };
