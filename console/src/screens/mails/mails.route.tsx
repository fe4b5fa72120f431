import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const MAIL_TABS = ['outbox', 'settings'] as const;
export type MailTab = (typeof MAIL_TABS)[number];

const texts = textParams('state', 'booking_id', 'notification_id', 'open');

export const mailsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/mails',
  validateSearch: (raw: Record<string, unknown>): ReturnType<typeof texts> & { tab?: MailTab } => {
    const tab = choiceParam(raw, 'tab', MAIL_TABS);
    return { ...texts(raw), ...(tab && { tab }) };
  },
  component: lazyRouteComponent(() => import('./mails.screen'), 'MailsScreen'),
});
