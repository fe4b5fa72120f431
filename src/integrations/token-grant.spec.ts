import { describe, expect, it } from '@jest/globals';
import { readTokenGrant } from './token-grant.js';

const ANSWER = {
  token_type: 'Bearer',
  access_token: 'access',
  refresh_token: 'refresh',
  expires_in: 7_200,
  scope: 'read',
  owner: 'https://provider.example/users/U1',
};

describe('token grant', () => {
  it('reads the standard answer and the fields that name its owner', () => {
    expect(readTokenGrant(ANSWER, ['owner', 'organization'])).toEqual({
      accessToken: 'access',
      refreshToken: 'refresh',
      expiresInSeconds: 7_200,
      scope: 'read',
      tokenType: 'Bearer',
      options: { owner: ANSWER.owner },
    });
  });

  it('takes an answer without refresh token and scope for what it is', () => {
    const { refresh_token: _, scope: __, ...rest } = ANSWER;
    expect(readTokenGrant(rest)).toMatchObject({ refreshToken: null, scope: null });
  });

  it.each<[string, unknown]>([
    ['an array', [ANSWER]],
    ['null', null],
    ['a text', 'access'],
    ['no access token', { ...ANSWER, access_token: undefined }],
    ['an empty access token', { ...ANSWER, access_token: '' }],
    ['an access token with a line break', { ...ANSWER, access_token: 'a\r\nb' }],
    ['an access token of 100 kB', { ...ANSWER, access_token: 'x'.repeat(100_000) }],
    ['a refresh token that is a number', { ...ANSWER, refresh_token: 7 }],
    ['a life in words', { ...ANSWER, expires_in: 'abc' }],
    ['a life of nothing', { ...ANSWER, expires_in: 0 }],
    ['a negative life', { ...ANSWER, expires_in: -1 }],
    ['a life beyond reason', { ...ANSWER, expires_in: 1e12 }],
    ['no life', { ...ANSWER, expires_in: undefined }],
    ['a mac token', { ...ANSWER, token_type: 'mac' }],
    ['no token type', { ...ANSWER, token_type: undefined }],
    ['a scope that is a list', { ...ANSWER, scope: ['read'] }],
  ])('refuses %s', (_name, answer) => {
    expect(() => readTokenGrant(answer)).toThrow(expect.objectContaining({ failure: { kind: 'contract' } }));
  });
});
