import type { es } from '../es';
import type { Wording } from '../dictionary';

export const dates: Wording<typeof es.dates> = {
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  date: (day, month, year) => `${day} ${month} ${year}`,
  long: (weekday, date) => `${weekday}, ${date}`,
  month: (month, year) => `${month} ${year}`,
};
