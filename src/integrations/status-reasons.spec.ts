import { describe, expect, it } from '@jest/globals';
import { explainStatus } from './status-reasons.js';

describe('status reasons', () => {
  it('names the provider and what to do', () => {
    expect(explainStatus('revoked', 'Outlook')?.en).toBe(
      'Access was withdrawn at Outlook, or has expired. Reconnect the account.',
    );
    expect(explainStatus('rotation_response_lost', 'Calendly')?.fr).toContain('Reconnectez');
  });

  it('has nothing to say when all is well, and something for a code it does not know', () => {
    expect(explainStatus(null, 'Outlook')).toBeNull();
    expect(explainStatus('constructor', 'Outlook')?.en).toContain('Outlook answered in an unforeseen way');
  });
});
