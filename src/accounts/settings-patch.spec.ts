import { describe, expect, it } from '@jest/globals';
import { assertNoSecrets } from './settings-patch.js';

describe('assertNoSecrets', () => {
  it.each([
    { access_token: 'x' },
    { refreshToken: 'x' },
    { client_secret: 'x' },
    { nested: { webhook_signing_key: 'x' } },
    { list: [{ password: 'x' }] },
    { apiKey: 'x' },
  ])('refuses %j', (patch) => {
    expect(() => assertNoSecrets(patch)).toThrow(/looks like a secret/);
  });

  it('names the place, never the value', () => {
    expect(() => assertNoSecrets({ calendly: { access_token: 'ey123' } })).toThrow(
      /^settings\.calendly\.access_token looks like a secret: settings never hold one$/,
    );
  });

  it('lets ordinary settings pass', () => {
    const patch = {
      calendly: {
        enabled: true,
        oauth_token_type: 'Bearer',
        calendly_link: null,
        days: [1, 2],
        note: 'the token is elsewhere',
      },
    };
    expect(() => assertNoSecrets(patch)).not.toThrow();
  });
});
