import { plural } from '../number';

export const sessions = {
  title: 'Sesiones',
  new: 'Nueva sesión…',
  year: 'Año',
  count: (n: number) => `${n} ${plural(n, 'sesión', 'sesiones')}`,
  empty: 'Todavía no hay sesiones. Se programan desde aquí.',
  name: 'Sesión',
  date: 'Fecha',
  body: 'Instancia',
  mode: 'Modalidad',
  state: 'Estado',
  minutes: 'Acta',
  modes: { in_person: 'Presencial', virtual: 'Virtual', mixed: 'Mixta', written: 'No presencial' },
  place: 'Lugar',
  kind: 'Clase',
  start: 'Hora',
  create: 'Programar',
  createTitle: 'Programar una sesión',
  all: 'Todas',
};
