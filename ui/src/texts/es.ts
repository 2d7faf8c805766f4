/** Spanish, the reference: one file a screen, so that screens can be written side by side. */
import { frame } from './es/frame';
import { live } from './es/live';
import { parts } from './es/parts';
import { start } from './es/start';

export const es = { frame, live, parts, start };
