import { plural } from '../number';

export const preflight = {
  label: {
    convene: 'Verificaciones antes de convocar',
    open: 'Verificaciones antes de instalar la sesión',
    vote: 'Verificaciones antes de votar',
    adjourn: 'Verificaciones antes de levantar la sesión',
    adopt: 'Verificaciones antes de aprobar',
  },
  mend: 'Ir a corregir',
  reason: 'Razón para continuar (se imprime)',
  passed: (n: number) => `${n} ${plural(n, 'verificación pasa', 'verificaciones pasan')}`,
  allGood: (n: number) => `Todas las verificaciones pasan (${n})`,
  stops: (n: number) => `${n} ${plural(n, 'verificación lo impide', 'verificaciones lo impiden')}`,
  reasons: (n: number) => `${plural(n, 'Falta', 'Faltan')} ${n} ${plural(n, 'razón', 'razones')}`,
};
