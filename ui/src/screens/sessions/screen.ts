import CalendarDays from '@lucide/svelte/icons/calendar-days';
import type { Screen } from '../../frame/screens';

export const screen: Screen = {
  section: 'sessions',
  icon: CalendarDays,
  routes: ['/sesiones'],
  load: () => import('./Sessions.svelte'),
};
