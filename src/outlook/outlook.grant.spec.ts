import { describe, expect, it } from '@jest/globals';
import { readGrant, toAccountId, toMissingScopes } from './outlook.grant.js';

const answer = {
  token_type: 'Bearer',
  scope: 'openid profile email User.Read Calendars.ReadWrite',
  expires_in: 4_312,
  access_token: 'eyJ0',
  refresh_token: '0.AX',
};

function idToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

const claims = {
  aud: 'client',
  tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
  oid: '00000000-0000-0000-66f3-3332eca7ea81',
};

describe('a grant of Microsoft', () => {
  it('says whose it is, and forgets the id token', () => {
    const grant = readGrant({ ...answer, id_token: idToken(claims) }, 'client');
    expect(grant).toEqual({
      accessToken: 'eyJ0',
      refreshToken: '0.AX',
      expiresInSeconds: 4_312,
      scope: answer.scope,
      tokenType: 'Bearer',
      options: { tenant_id: claims.tid, object_id: claims.oid },
    });
    expect(toAccountId(grant)).toBe(`${claims.tid}.${claims.oid}`);
  });

  it('may say nothing of its owner, as when it is renewed', () => {
    const grant = readGrant(answer, 'client');
    expect(grant.options).toEqual({});
    expect(toAccountId(grant)).toBeNull();
  });

  it.each([
    ['is none', 'abc'],
    ['is a number', 42],
    ['is null', null],
    ['was made for another application', idToken({ ...claims, aud: 'another' })],
    ['was made for two', idToken({ ...claims, aud: ['client', 'another'] })],
    ['names no directory', idToken({ ...claims, tid: undefined })],
    ['names no person', idToken({ ...claims, oid: '' })],
    ['names a person in two lines', idToken({ ...claims, oid: 'a\nb' })],
  ])('is refused when its id token %s', (_, id_token) => {
    expect(() => readGrant({ ...answer, id_token }, 'client')).toThrow(
      expect.objectContaining({ failure: { kind: 'contract' } }),
    );
  });
});

describe('scopes that were not granted', () => {
  it.each([
    [null, []],
    ['openid profile email User.Read Calendars.ReadWrite', []],
    ['https://graph.microsoft.com/User.Read https://graph.microsoft.com/Calendars.ReadWrite', []],
    ['HTTPS://Graph.Microsoft.com/calendars.readwrite', []],
    ['  Calendars.ReadWrite\tUser.Read ', []],
    ['openid User.Read Calendars.Read', ['Calendars.ReadWrite']],
    ['openid User.Read', ['Calendars.Read', 'Calendars.ReadWrite']],
    ['https://evil.test/Calendars.ReadWrite', ['Calendars.Read', 'Calendars.ReadWrite']],
    ['', ['Calendars.Read', 'Calendars.ReadWrite']],
  ])('of %j are %j', (scope, missing) => {
    expect(toMissingScopes(scope)).toEqual(missing);
  });
});
