import type { Wording } from '../dictionary';
import type { es } from '../es';

export const preflight: Wording<typeof es.preflight> = {
  label: {
    convene: 'Checks before convening',
    open: 'Checks before opening the session',
    vote: 'Checks before voting',
    adjourn: 'Checks before adjourning',
    adopt: 'Checks before adoption',
  },
  mend: 'Go and fix it',
  reason: 'Reason for going ahead (printed)',
  passed: (n) => (n === 1 ? '1 check passes' : `${n} checks pass`),
  allGood: (n) => `All checks pass (${n})`,
  stops: (n) => (n === 1 ? '1 check stops it' : `${n} checks stop it`),
  reasons: (n) => (n === 1 ? '1 reason is missing' : `${n} reasons are missing`),
};
