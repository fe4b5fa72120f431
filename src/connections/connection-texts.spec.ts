import { describe, expect, it } from '@jest/globals';
import { type CauseContext, explainCause } from './connection-texts.js';

const CONTEXT: CauseContext = {
  state: 'needs_reauth',
  cause: 'revoked',
  provider: 'Calendly',
  kind: 'booking',
  missingVariables: [],
  intervalMinutes: 30,
  pausedBy: null,
};

const explain = (change: Partial<CauseContext>) => explainCause({ ...CONTEXT, ...change });

describe('the words of a cause', () => {
  it('tell what follows for whom: appointments or a calendar', () => {
    expect(explain({}).detail.fr).toMatch(/Reconnectez le compte.*n’arrivent plus.*conservé/);
    expect(explain({ kind: 'calendar' }).detail.en).toMatch(/Reconnect the account.*no longer read.*kept/);
  });

  it('name the variables that are missing', () => {
    const { title, detail } = explain({
      state: 'not_configured',
      cause: 'not_configured',
      missingVariables: ['CALENDLY_CLIENT_ID', 'CALENDLY_CLIENT_SECRET'],
    });
    expect(title.fr).toBe('Calendly n’est pas configuré');
    expect(detail.en).toBe('Missing variables: CALENDLY_CLIENT_ID, CALENDLY_CLIENT_SECRET');
  });

  it('name who paused it, where that is known', () => {
    expect(explain({ state: 'paused', cause: 'paused', pausedBy: 'Nora' }).detail.fr).toContain('pause par Nora :');
    expect(explain({ state: 'paused', cause: 'paused' }).detail.en).toMatch(/^Paused: new/);
  });

  it('tell a refusal to push from a reading that failed for the same reason', () => {
    const polling = explain({ state: 'polling', cause: 'forbidden', intervalMinutes: 15 });
    expect(polling).toMatchObject({ title: { en: 'Without real time' } });
    expect(polling.detail.en).toMatch(/refused to push.*every 15 minutes/);
    expect(explain({ state: 'error', cause: 'forbidden' }).detail.en).toMatch(/forbids reading/);
  });

  it('are there in both languages for every cause there is, a word nobody foresaw included', () => {
    const states = ['needs_reauth', 'error', 'rate_limited', 'paused', 'stale', 'polling', 'connected'] as const;
    const causes = ['revoked', 'temporary', 'plan', 'public-url-local', 'channel-pending', 'approval-required', 'new'];
    for (const state of states) {
      for (const cause of causes) {
        const { title, detail } = explain({ state, cause });
        for (const text of [title.fr, title.en, detail.fr, detail.en]) expect(text).toMatch(/^\p{L}.{4,}/u);
      }
    }
  });
});
