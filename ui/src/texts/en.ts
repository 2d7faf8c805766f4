/** English: must offer exactly what Spanish offers. */
import type { Wording } from './dictionary';
import { frame } from './en/frame';
import { history } from './en/history';
import { live } from './en/live';
import { minutes } from './en/minutes';
import { parts } from './en/parts';
import { sessions } from './en/sessions';
import { start } from './en/start';
import type { es } from './es';

export const en: Wording<typeof es> = { frame, history, live, minutes, parts, sessions, start };
