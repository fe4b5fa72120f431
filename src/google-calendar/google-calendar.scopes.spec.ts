import { describe, expect, it } from '@jest/globals';
import { missingScopes, REQUESTED_SCOPES } from './google-calendar.scopes.js';

const AUTH = 'https://www.googleapis.com/auth';
const ALL = `openid ${AUTH}/calendar.calendarlist.readonly ${AUTH}/userinfo.email ${AUTH}/calendar.events`;

describe('what was granted', () => {
  it('is asked for with the names that the consent page knows', () => {
    expect(REQUESTED_SCOPES).toEqual([
      'openid',
      'email',
      `${AUTH}/calendar.events`,
      `${AUTH}/calendar.calendarlist.readonly`,
    ]);
  });

  it.each<[string, string | null, string[]]>([
    ['everything, in another order and under long names', ALL, []],
    ['everything, as it was asked', REQUESTED_SCOPES.join(' '), []],
    ['everything, when nothing is said', null, []],
    ['more than was asked, from an earlier consent', `openid email ${AUTH}/calendar`, []],
    ['no events', ALL.replace(`${AUTH}/calendar.events`, ''), ['calendar.events']],
    ['no list', ALL.replace('calendarlist.readonly', 'freebusy'), ['calendar.calendarlist.readonly']],
    ['the list by a wider scope', ALL.replace('calendarlist.readonly', 'readonly'), []],
    ['only to look at events', `openid email ${AUTH}/calendar.readonly`, ['calendar.events']],
    ['nothing', '', ['openid', 'email', 'calendar.events', 'calendar.calendarlist.readonly']],
  ])('can be %s', (_, granted, missing) => {
    expect(missingScopes(granted)).toEqual(missing);
  });
});
