import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { choiceParam, textParams } from '@/api/search';
import { shellRoute } from '@/shell/shell.route';

export const WEBHOOK_TABS = ['received', 'sent', 'parked'] as const;
export type WebhookTab = (typeof WEBHOOK_TABS)[number];

const texts = textParams(
  // What is shown beside the list: a delivery, an endpoint, or a dead letter; `message` is one of an endpoint's.
  'open',
  'message',
  'provider',
  'state',
  'error_code',
  'since',
  'until',
  'email',
  'booking_id',
  'integration_id',
);

export const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks',
  validateSearch: (raw: Record<string, unknown>): ReturnType<typeof texts> & { tab?: WebhookTab; tail?: true } => {
    const tab = choiceParam(raw, 'tab', WEBHOOK_TABS);
    return { ...texts(raw), ...(tab && { tab }), ...(raw['tail'] === true && { tail: true as const }) };
  },
  component: lazyRouteComponent(() => import('./webhooks.screen'), 'WebhooksScreen'),
});
