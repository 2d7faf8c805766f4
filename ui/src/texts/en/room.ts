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
    roll_call: 'Roll call: each seat says its vote when called.',
    ordinary: 'Ordinary: whoever is not in favour is recorded.',
    show_of_hands: 'Show of hands: the hands are counted.',
    consensus: 'By consensus: it is asked whether anybody objects.',
    secret: 'Secret: each seat votes on a paper.',
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
