/** How a date is said. Months from January, days from Sunday. */
export const dates = {
  months: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
  weekdays: ['domingo', 'lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado'],
  date: (day: number, month: string, year: number) => `${day} de ${month} de ${year}`,
  long: (weekday: string, date: string) => `${weekday}, ${date}`,
  month: (month: string, year: number) => `${month} de ${year}`,
};
