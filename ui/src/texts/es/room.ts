import { plural } from '../number';

export const room = {
  title: 'Pantalla de la sala',
  item: (number: string, total: number) => `Punto ${number} de ${total}`,
  timer: 'Tiempo del punto',
  nextItem: (number: string) => `Sigue el punto ${number}`,
  next: 'Sigue',
  vote: 'Votación',
  open: 'Votación abierta',
  secondRound: 'Segunda vuelta',
  /** How the vote that is open is taken. */
  how: {
    roll_call: 'Nominal: cada puesto dice su voto al ser llamado.',
    ordinary: 'Ordinaria: se registra a quien no está a favor.',
    show_of_hands: 'A mano alzada: se cuentan las manos.',
    consensus: 'Por consenso: se pregunta si alguien se opone.',
    secret: 'Secreta: cada puesto vota en una papeleta.',
    written: 'Por escrito.',
  },
  ofItem: (number: string) => `Punto ${number}`,
  motion: (number: number) => `Moción ${number}`,
  amends: (number: number) => `modifica la moción ${number}`,
  onRecusal: 'Se decide sobre un impedimento.',
  objections: (n: number) => (n === 0 ? 'Nadie objetó' : `${n} ${plural(n, 'objeción', 'objeciones')}`),
  keys: { full: 'pantalla completa', leave: 'salir de la pantalla completa' },
  /** Otras palabras con que se busca, también en inglés. */
  words: 'pantalla sala proyector proyectar mostrar segunda ventana room screen projector',
};
