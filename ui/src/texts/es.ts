/** Spanish, the reference: one file a screen, so that screens can be written side by side. */
import { frame } from './es/frame';
import { history } from './es/history';
import { live } from './es/live';
import { minutes } from './es/minutes';
import { parts } from './es/parts';
import { sessions } from './es/sessions';
import { start } from './es/start';

export const es = { frame, history, live, minutes, parts, sessions, start };
