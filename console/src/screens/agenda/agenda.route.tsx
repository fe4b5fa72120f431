import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, textParam } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const AGENDA_VIEWS = ['week', 'month', 'list'] as const;
export type AgendaView = (typeof AGENDA_VIEWS)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export interface AgendaSearch {
  /** The list on a small screen, the week on a large one, when not given. */
  readonly view?: AgendaView;
  /** A day of what is shown; today when not given. */
  readonly date?: string;
  /** The organization's when not given. */
  readonly zone?: string;
  /** Sources that are not shown. */
  readonly without?: string;
  readonly cancelled?: 'hide';
  /** What is shown in detail: `booking:<id>`, `event:<id>`, `session:<id>`. */
  readonly open?: string;
}

export const agendaRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/agenda',
  validateSearch: (raw: Record<string, unknown>): AgendaSearch => {
    const view = choiceParam(raw, 'view', AGENDA_VIEWS);
    const date = textParam(raw, 'date');
    const zone = textParam(raw, 'zone');
    const without = textParam(raw, 'without');
    const cancelled = choiceParam(raw, 'cancelled', ['hide'] as const);
    const open = textParam(raw, 'open');
    return {
      ...(view && { view }),
      ...(date && DAY.test(date) && { date }),
      ...(zone && isZone(zone) && { zone }),
      ...(without && { without }),
      ...(cancelled && { cancelled }),
      ...(open && { open }),
    };
  },
  component: lazyRouteComponent(() => import('./agenda.screen'), 'AgendaScreen'),
});

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
