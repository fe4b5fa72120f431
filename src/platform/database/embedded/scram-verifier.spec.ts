import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { toScramVerifier } from './scram-verifier.js';

describe('toScramVerifier', () => {
  it('holds the keys that sign the example of RFC 7677', () => {
    const verifier = toScramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));

    const [, , serverKey = ''] = /^SCRAM-SHA-256\$4096:W22ZaJ0SNY7soEsUEjb6gQ==\$(.+):(.+)$/.exec(verifier) ?? [];
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
    const exchange = `n=user,r=rOprNGfwEbeRWgbNEkqO,r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=${nonce}`;
    const signature = createHmac('sha256', Buffer.from(serverKey, 'base64')).update(exchange).digest('base64');
    expect(signature).toBe('6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=');
  });

  it('is salted anew each time', () => {
    expect(toScramVerifier('pencil')).not.toBe(toScramVerifier('pencil'));
  });
});
