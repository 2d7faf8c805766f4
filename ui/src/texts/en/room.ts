import { plural } from '../number';
import type { Wording } from '../dictionary';
import type { es } from '../es';

export const room: Wording<typeof es.room> = {
  title: 'Room screen',
  item: (number, total) => `Item ${number} of ${total}`,
  timer: 'Time of the item',
  nextItem: (number) => `Next, item ${number}`,
  next: 'Next',
  vote: 'Vote',
  open: 'Vote open',
  secondRound: 'Second round',
  how: {
    roll_call: 'Roll call: each seat votes when called.',
    ordinary: 'Ordinary: only those not in favour are recorded.',
    show_of_hands: 'Show of hands: the hands are counted.',
    consensus: 'By consensus: whoever objects says so.',
    secret: 'Secret: each seat votes on paper.',
    written: 'In writing.',
  },
  ofItem: (number) => `Item ${number}`,
  motion: (number) => `Motion ${number}`,
  amends: (number) => `amends motion ${number}`,
  onRecusal: 'A recusal is decided.',
  objections: (n) => (n === 0 ? 'Nobody objected' : `${n} ${plural(n, 'objection', 'objections')}`),
  keys: { full: 'full screen', leave: 'leave full screen' },
  words: 'room screen projector show second window pantalla sala',
};
