import { z } from 'zod';
import { readGraphBody } from './event-body.js';
import { checkQueryNames } from './event-list.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { badRequest, GraphError } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import { validateUrl } from './handshake.js';
import { newGuid } from './ids.js';
import type { OutlookParts } from './outlook-parts.js';
import { calendarsRead } from './scopes.js';
import { type ChangeType, type Subscription, toWireSubscription } from './subscriptions.js';

const readOnly = z.unknown().optional();
const url = z.string().max(2048);
const instant = z.iso.datetime({ offset: true });
const createBody = z.strictObject({
  changeType: z.string(),
  notificationUrl: url,
  lifecycleNotificationUrl: url.nullable().optional(),
  resource: z.string(),
  expirationDateTime: instant,
  clientState: z.string().max(128).nullable().optional(),
  latestSupportedTlsVersion: z.enum(['v1_0', 'v1_1', 'v1_2', 'v1_3']).nullable().optional(),
  includeResourceData: z.literal(false).nullable().optional(),
  id: readOnly,
  applicationId: readOnly,
  creatorId: readOnly,
});
const renewBody = z.strictObject({ expirationDateTime: instant, notificationUrl: url.optional() });
const changeTypes: readonly ChangeType[] = ['created', 'updated', 'deleted'];

/** Change notifications (contract 9). Not Outlook's work, so that none of this counts against the mailbox. */
export function registerSubscriptionRoutes(router: GraphRouter, parts: OutlookParts): void {
  const { app, clock, links, notifications, settings, subscriptions } = parts;
  const add = (method: string, path: string, operation: (call: GraphCall) => GraphAnswer | Promise<GraphAnswer>) =>
    router.add(method, path, calendarsRead, operation, false);

  add('GET', '/subscriptions', ({ account, query }) => {
    checkQueryNames(query, ['$top', '$skip']);
    const value = subscriptions.list(account).map((subscription) => toWireSubscription(subscription, app.clientId));
    return { body: { '@odata.context': links.context('subscriptions'), value } };
  });
  add('POST', '/subscriptions', (call) => create(call));
  add('GET', '/subscriptions/{subscription}', (call) => ({ body: show(getSubscription(call)) }));
  add('PATCH', '/subscriptions/{subscription}', (call) => renew(call));
  add('DELETE', '/subscriptions/{subscription}', (call) => {
    subscriptions.remove(getSubscription(call));
    return { status: 204 };
  });
  add('POST', '/subscriptions/{subscription}/reauthorize', (call) => {
    getSubscription(call).isPaused = false;
    return { status: settings.reauthorize_status };
  });

  async function create(call: GraphCall): Promise<GraphAnswer> {
    const body = readGraphBody(createBody, call.body);
    const wanted = body.changeType.split(',').map((name) => name.trim());
    const known = changeTypes.filter((type) => wanted.includes(type));
    if (known.length !== new Set(wanted).size)
      throw badRequest(`The changeType '${body.changeType}' is not valid.`, 'InvalidRequest');
    const calendarId = readResource(call, body.resource);
    const expiresAt = readExpiry(body.expirationDateTime);
    const urls = [body.notificationUrl, ...(body.lifecycleNotificationUrl ? [body.lifecycleNotificationUrl] : [])];
    for (const address of urls) checkUrl(address);
    const subscription: Subscription = {
      id: newGuid(),
      accountId: call.account.id,
      resource: body.resource,
      calendarId,
      changeTypes: known,
      changeType: body.changeType,
      notificationUrl: body.notificationUrl,
      lifecycleNotificationUrl: body.lifecycleNotificationUrl ?? null,
      clientState: body.clientState ?? null,
      latestSupportedTlsVersion: body.latestSupportedTlsVersion ?? 'v1_2',
      expiresAt,
      idFormat: call.preferences.idFormat,
      isPaused: false,
    };
    checkPlace(subscription, call);
    await Promise.all(urls.map((address) => validate(address)));
    // Somebody else may have taken the place while the addresses were asked.
    checkPlace(subscription, call);
    subscriptions.add(subscription);
    const location = `${links.graph}/subscriptions/${subscription.id}`;
    return { status: 201, headers: { location }, body: show(subscription) };
  }

  async function renew(call: GraphCall): Promise<GraphAnswer> {
    const body = readGraphBody(renewBody, call.body);
    const expiresAt = readExpiry(body.expirationDateTime);
    const subscription = getSubscription(call);
    const address = body.notificationUrl ?? subscription.notificationUrl;
    checkUrl(address);
    if (settings.validate_on_renewal || address !== subscription.notificationUrl) await validate(address);
    Object.assign(subscription, { expiresAt, notificationUrl: address, isPaused: false });
    return { body: show(subscription) };
  }

  function validate(address: string): Promise<void> {
    return validateUrl(address, settings.validation_timeout_ms, notifications.signal);
  }

  function checkPlace({ resource, changeTypes: types }: Subscription, { account }: GraphCall): void {
    const own = subscriptions.list(account);
    if (own.length >= settings.subscriptions_at_most) {
      throw new GraphError(
        403,
        'ExtensionError',
        'Operation: Create; Exception: [Status Code: Forbidden; Reason: subscription limit reached].',
      );
    }
    const isTwin = (other: Subscription) =>
      bare(other.resource) === bare(resource) && other.changeTypes.join() === types.join();
    if (settings.refuse_duplicate_subscriptions && own.some(isTwin)) {
      throw new GraphError(409, 'Conflict', 'A subscription with the same resource and changeType already exists.');
    }
  }

  /** Raised to the floor; beyond the ceiling refused, or shortened (contract 9). */
  function readExpiry(text: string): Date {
    const wanted = new Date(text);
    const now = clock.now();
    if (wanted <= now) throw badRequest('Subscription expiration must be in the future.', 'InvalidRequest');
    const ceiling = clock.in(settings.subscription_ceiling_minutes * 60);
    if (wanted > ceiling && settings.subscription_above_ceiling === 'refuse') {
      const message = `Subscription expiration can only be ${settings.subscription_ceiling_minutes} minutes in the future.`;
      throw badRequest(message, 'InvalidRequest');
    }
    const floor = clock.in(settings.subscription_floor_minutes * 60);
    return wanted < floor ? floor : wanted > ceiling ? ceiling : wanted;
  }

  function checkUrl(address: string): void {
    const scheme = URL.canParse(address) ? new URL(address).protocol : '';
    const isAllowed = scheme === 'https:' || (scheme === 'http:' && settings.allow_http_notification_urls);
    if (!isAllowed) throw badRequest(`The notification URL must be an absolute https address.`, 'InvalidRequest');
  }

  /** All calendars of the mailbox, or one of them. */
  function readResource({ account, mailbox }: GraphCall, resource: string): string | null {
    const asMe = bare(resource).replace(
      new RegExp(`^users/(${account.id}|${escaped(account.userPrincipalName)})/`, 'i'),
      'me/',
    );
    if (asMe === 'me/events') return null;
    const calendarId = decodeURIComponent(/^me\/calendars\/([^/]+)\/events$/.exec(asMe)?.[1] ?? '');
    if (!mailbox.calendars.has(calendarId))
      throw badRequest(`The resource '${resource}' is not supported.`, 'InvalidRequest');
    return calendarId;
  }

  function getSubscription({ account, params }: GraphCall): Subscription {
    const subscription = subscriptions.find(params['subscription'] ?? '');
    if (!subscription || subscription.accountId !== account.id) {
      throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    }
    return subscription;
  }

  function show(subscription: Subscription) {
    return {
      '@odata.context': links.context('subscriptions/$entity'),
      ...toWireSubscription(subscription, app.clientId),
    };
  }
}

function bare(resource: string): string {
  return resource.replace(/^\//, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
