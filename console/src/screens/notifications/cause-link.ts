import type { LinkProps } from '@tanstack/react-router';
import type { Notification } from './notifications.queries';

/** Where a notification leads: to what it is about. Null when there is nothing more to see. */
export function causeLinkOf({ type, meta }: Pick<Notification, 'type' | 'meta'>): LinkProps | null {
  const idOf = (name: string) => {
    const value = (meta as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const prospect = idOf('prospect_id');
  if (prospect) return { to: '/prospects', search: { open: prospect } };
  const formation = idOf('formation_id');
  if (formation) return { to: '/formations', search: { open: formation } };
  const webhook = idOf('webhook_id');
  if (webhook) return { to: '/webhooks', search: { tab: 'sent', open: webhook } };
  const run = idOf('run_id');
  if (run) return { to: '/sync-runs', search: { open: run } };
  if (type === 'dead_letters') return { to: '/webhooks', search: { tab: 'parked' } };
  const provider = idOf('provider');
  return provider ? { to: '/connections/$provider', params: { provider } } : null;
}
