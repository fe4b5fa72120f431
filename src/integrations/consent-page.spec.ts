import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { consentPageUrl } from './consent-page.js';

describe('consent page', () => {
  it('asks with the configured redirect, the state, and the digest of the verifier', () => {
    const url = new URL(
      consentPageUrl(
        {
          authorizeUrl: 'https://accounts.example/o/oauth2/v2/auth',
          authorizeParams: { client_id: 'c', access_type: 'offline' },
          scopes: ['openid', 'calendar'],
          redirectUri: 'https://app.example/callback',
          missingVariables: [],
          servesOrganization: false,
        },
        { state: 's', verifier: 'v' },
      ),
    );
    expect(url.origin + url.pathname).toBe('https://accounts.example/o/oauth2/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      redirect_uri: 'https://app.example/callback',
      scope: 'openid calendar',
      state: 's',
      code_challenge: createHash('sha256').update('v').digest('base64url'),
      code_challenge_method: 'S256',
      client_id: 'c',
      access_type: 'offline',
    });
  });

  it('asks for no scope where a provider has none: an empty one would be a wrong one', () => {
    const profile = {
      authorizeUrl: 'https://accounts.example/authorize?tenant=common',
      authorizeParams: { client_id: 'c' },
      scopes: [],
      redirectUri: 'https://app.example/callback',
      missingVariables: [],
      servesOrganization: false,
    };
    const { searchParams } = new URL(consentPageUrl(profile, { state: 's', verifier: 'v' }));
    expect(searchParams.has('scope')).toBe(false);
    expect(searchParams.get('tenant')).toBe('common');
  });
});
