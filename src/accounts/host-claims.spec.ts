import { describe, expect, it } from '@jest/globals';
import { toHostClaims } from './host-claims.js';

const GOOD = { sub: 'u1', organization_id: 'o1', email: 'a@b.example', exp: 1_900_000_000, iat: 1_800_000_000 };

describe('toHostClaims', () => {
  it('reads who is asking, and for whom', () => {
    expect(
      toHostClaims({ ...GOOD, name: ' Nora ', role: 'admin', organization_name: 'Hôte', email_verified: true }),
    ).toEqual({
      subject: 'u1',
      organization: 'o1',
      organizationName: 'Hôte',
      email: 'a@b.example',
      isEmailVerified: true,
      name: 'Nora',
      role: 'admin',
      expiresAt: new Date('2030-03-17T17:46:40Z'),
      sessionId: expect.stringMatching(/^host:[\w-]{43}$/),
    });
  });

  it('takes numbers for ids, as hosts sign them', () => {
    const claims = toHostClaims({ ...GOOD, sub: 7 as unknown as string, organization_id: 12 });
    expect(claims).toMatchObject({ subject: '7', organization: '12' });
  });

  it.each([
    { sub: undefined },
    { sub: '' },
    { sub: ' ' },
    { sub: 'a\0b' },
    { sub: 'x'.repeat(256) },
    { sub: 1.5 as unknown as string },
    { sub: '\ud800' },
    { organization_id: undefined },
    { organization_id: null },
    { organization_id: ['o1'] },
    { organization_id: Number.MAX_VALUE },
  ])('finds nobody in %j', (claims) => {
    expect(toHostClaims({ ...GOOD, ...claims })).toBeNull();
  });

  it('drops what it cannot use of the rest', () => {
    const claims = toHostClaims({ ...GOOD, email: ['a'], name: 3, role: 'root', organization_name: {} });
    expect(claims).toMatchObject({ email: null, name: null, role: null, organizationName: null });
  });

  it('gives each token its own session, and each organization', () => {
    const ids = [{}, { jti: '1' }, { jti: '2' }, { iat: 1_800_000_001 }, { organization_id: 'o2' }, { sub: 'u2' }].map(
      (claims) => toHostClaims({ ...GOOD, ...claims })?.sessionId,
    );
    expect(new Set(ids).size).toBe(6);
    expect(toHostClaims({ ...GOOD, name: 'Nora' })?.sessionId).toBe(ids[0]);
  });
});
