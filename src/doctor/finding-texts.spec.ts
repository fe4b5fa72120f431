import { describe, expect, it } from '@jest/globals';
import { finding, FINDING_CODES } from './finding-texts.js';

const FILLED = Object.fromEntries(
  [
    'variable',
    'message',
    'variables',
    'provider',
    'address',
    'seconds',
    'reason',
    'version',
    'count',
    'used',
    'most',
  ].map((name) => [name, 'x']),
);
const MORE = { percent: 1, ids: 'x', hours: 1, status: 1, days: 1, minutes: 1, check: 'x' };

describe('what the doctor can say', () => {
  it.each(FINDING_CODES)('%s is a cause and a repair, each one sentence in each language', (code) => {
    const { cause, repair } = finding(code, { ...FILLED, ...MORE });
    for (const text of [cause.fr, cause.en, repair.fr, repair.en]) {
      expect(text).toMatch(/^\S.*\.$/s);
      expect(text).not.toMatch(/[{}…]/);
      expect(text).not.toMatch(/\w{3}\. [A-ZÀ-Ý]/);
    }
  });

  it('is said in no other words than the case has', () => {
    expect(finding('token/needs-consent', { provider: 'Calendly', count: 2, reason: 'revoked' })).toMatchObject({
      severity: 'error',
      cause: { en: '2 Calendly accounts have lost their access (revoked).' },
    });
    expect(finding('database/room-short', { percent: 5 }, 'warning').severity).toBe('warning');
  });
});
