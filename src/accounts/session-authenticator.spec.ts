import { describe, expect, it } from '@jest/globals';
import type { BearerTokens, VerifiedToken } from './bearer-tokens.js';
import type { HostAccounts } from './host-accounts.js';
import type { HostClaims } from './host-claims.js';
import type { LiveSession, LiveSessions } from './live-sessions.js';
import { SessionAuthenticator } from './session-authenticator.js';

const EXPIRES_AT = new Date('2026-11-20T10:15:00Z');
const CAMILLE = { userId: 'camille', organizationId: 'atelier', role: 'admin', email: 'c@atelier.example' } as const;

function own(claims: Partial<{ userId: string; organizationId: string; sessionId: string }> = {}): VerifiedToken {
  const { userId, organizationId } = CAMILLE;
  return { issuer: 'own', userId, organizationId, sessionId: 'session-1', expiresAt: EXPIRES_AT, ...claims };
}

function host(claims: Partial<HostClaims> = {}): VerifiedToken {
  const named = { organization: 'atelier', subject: 'camille', sessionId: 'host:1', expiresAt: EXPIRES_AT };
  return { issuer: 'host', claims: { ...named, ...claims } as HostClaims };
}

/** Tokens are told apart by their names; both looks into the database are counted. */
function authenticatorOf(tokens: Record<string, VerifiedToken>, live: LiveSession | null = CAMILLE) {
  const looked: string[] = [];
  const state = { live };
  const authenticator = new SessionAuthenticator(
    { verify: async (bearer: string) => tokens[bearer] } as unknown as BearerTokens,
    {
      find: async ({ sessionId }: { sessionId: string }) => {
        looked.push(sessionId);
        return state.live;
      },
    } as unknown as LiveSessions,
    {
      resolve: async ({ organization, subject }: HostClaims) => {
        looked.push(`${organization}/${subject}`);
        return state.live && { ...state.live, userId: subject, organizationId: organization };
      },
    } as unknown as HostAccounts,
  );
  const sessionOf = (bearer: string) => authenticator.authenticate(bearer);
  return { authenticator, sessionOf, looked, state };
}

const refused = { definition: { code: 'session/invalid' } };

describe('a token of ours', () => {
  it('stands for its session, with what our rows say of the person and when the token ends', async () => {
    const { sessionOf } = authenticatorOf({ a: own() });
    expect(await sessionOf('a')).toEqual({ ...CAMILLE, sessionId: 'session-1', expiresAt: EXPIRES_AT });
  });

  it('stands for nothing when its session has ended', async () => {
    await expect(authenticatorOf({ a: own() }, null).sessionOf('a')).rejects.toMatchObject(refused);
  });

  it.each([
    ['another person', own({ userId: 'eve' })],
    ['another organization', own({ organizationId: 'elsewhere' })],
  ])('that names the same session for %s is refused, though the session is remembered', async (_, forged) => {
    const { sessionOf, looked } = authenticatorOf({ a: own(), forged });
    await sessionOf('a');
    await expect(sessionOf('forged')).rejects.toMatchObject(refused);
    expect(looked).toEqual(['session-1']);
    expect(await sessionOf('a')).toMatchObject(CAMILLE);
  });

  it('is looked up once in a burst, and anew when its session was ended here', async () => {
    const { authenticator, sessionOf, looked, state } = authenticatorOf({
      a: own(),
      b: own({ sessionId: 'session-2' }),
    });
    await Promise.all([sessionOf('a'), sessionOf('a'), sessionOf('b')]);
    expect(looked).toEqual(['session-1', 'session-2']);
    state.live = null;
    authenticator.forget('session-1');
    await expect(sessionOf('a')).rejects.toMatchObject(refused);
    expect(await sessionOf('b')).toMatchObject({ sessionId: 'session-2' });
  });

  it('is looked up anew when everything is in doubt', async () => {
    const { authenticator, sessionOf, state } = authenticatorOf({ a: own(), h: host() });
    await Promise.all([sessionOf('a'), sessionOf('h')]);
    state.live = null;
    authenticator.forgetAll();
    await expect(sessionOf('a')).rejects.toMatchObject(refused);
    await expect(sessionOf('h')).rejects.toMatchObject(refused);
  });
});

describe('a token of a host application', () => {
  it('stands for whom the host means, in the organization that the host means', async () => {
    const { sessionOf } = authenticatorOf({ h: host() });
    expect(await sessionOf('h')).toEqual({ ...CAMILLE, sessionId: 'host:1', expiresAt: EXPIRES_AT });
  });

  it('stands for nobody when nobody is meant', async () => {
    await expect(authenticatorOf({ h: host() }, null).sessionOf('h')).rejects.toMatchObject(refused);
  });

  it('is remembered for its person in its organization, and for no other', async () => {
    const { sessionOf, looked } = authenticatorOf({
      h: host(),
      again: host({ sessionId: 'host:2' }),
      elsewhere: host({ organization: 'elsewhere' }),
      eve: host({ subject: 'eve' }),
    });
    expect(await sessionOf('h')).toMatchObject({ sessionId: 'host:1' });
    expect(await sessionOf('again')).toMatchObject({ sessionId: 'host:2', userId: 'camille' });
    expect(await sessionOf('elsewhere')).toMatchObject({ organizationId: 'elsewhere' });
    expect(await sessionOf('eve')).toMatchObject({ userId: 'eve' });
    expect(looked).toEqual(['atelier/camille', 'elsewhere/camille', 'atelier/eve']);
  });
});
