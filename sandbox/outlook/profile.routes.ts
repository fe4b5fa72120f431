import { badRequest } from './graph-error.js';
import type { GraphRouter } from './graph-router.js';
import type { OutlookParts } from './outlook-parts.js';
import { mailboxSettingsRead, userRead } from './scopes.js';
import { checkQueryNames, selected } from './event-list.js';
import { listIanaZones, listWindowsZones } from './zones.js';

/** Who the account is (contract 4), and the zone names its mailbox knows (contract 5). */
export function registerProfileRoutes(router: GraphRouter, { links, wire }: OutlookParts): void {
  router.add(
    'GET',
    '/me',
    userRead,
    ({ account, query }) => {
      checkQueryNames(query, ['$select']);
      return { body: selected(wire.user(account), query.get('$select')?.split(',') ?? null) };
    },
    false,
  );

  router.add('GET', '/me/mailboxSettings', mailboxSettingsRead, ({ account, mailbox, query }) => {
    checkQueryNames(query, ['$select']);
    return {
      body: selected(wire.mailboxSettings(mailbox.account ?? account), query.get('$select')?.split(',') ?? null),
    };
  });

  router.add('GET', '/me/outlook/{function}', userRead, ({ params }) => {
    const [, standard = 'Windows'] =
      /^supportedTimeZones(?:\(\)|\(TimeZoneStandard=(?:microsoft\.graph\.timeZoneStandard)?'(\w+)'\))?$/.exec(
        params['function'] ?? '',
      ) ?? [null, ''];
    if (standard !== 'Windows' && standard !== 'Iana')
      throw badRequest(`Resource not found for the segment '${params['function']}'.`);
    const names = standard === 'Iana' ? listIanaZones() : listWindowsZones();
    return {
      body: {
        '@odata.context': links.context('Collection(microsoft.graph.timeZoneInformation)'),
        value: names.map((name) => ({ alias: name, displayName: name })),
      },
    };
  });
}
