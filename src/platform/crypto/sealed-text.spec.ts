import { createSecretKey, randomBytes, randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Problem } from '../errors/problem.js';
import { sealBroken } from './crypto.problems.js';
import { keyIdOf, openText, sealText } from './sealed-text.js';

const key = createSecretKey(randomBytes(32));
const BOUND = ['integrations', 'access_token', 'row-1', 'organization-1', 'v1'];
const seal = (text: string, bound = BOUND, keyId = 'dek1') => sealText('psr1', keyId, key, bound, text);

/** Anything but the one refusal is thrown on. */
function opens(sealed: string, bound = BOUND, label = 'psr1'): boolean {
  try {
    openText(label, key, bound, sealed);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.is(sealBroken)) return false;
    throw error;
  }
}

describe('sealed text', () => {
  it.each(['', 'token', 'été 🌞 \u0000', 'x'.repeat(100_000)])(
    'opens to the very text that was sealed (case %#)',
    (text) => {
      expect(openText('psr1', key, BOUND, seal(text))).toBe(text);
    },
  );

  it('never gives the same seal twice', () => {
    expect(new Set(Array.from({ length: 100 }, () => seal('same'))).size).toBe(100);
  });

  it('says which key it asks for', () => {
    expect(keyIdOf('psr1', seal('text', BOUND, 'dek7'))).toBe('dek7');
  });

  it('refuses 10,000 changed letters, each somewhere else', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ ';
    let opened = 0;
    for (let trial = 0; trial < 10_000; trial += 1) {
      const sealed = seal(`secret ${trial}`);
      const at = trial % sealed.length;
      const choices = letters.split('').filter((letter) => letter !== sealed[at]);
      const changed = sealed.slice(0, at) + choices[randomInt(choices.length)] + sealed.slice(at + 1);
      if (opens(changed)) opened += 1;
    }
    expect(opened).toBe(0);
  });

  it('never takes a nonce twice, however many are taken', () => {
    const nonces = Array.from({ length: 2_500 }, () => seal('secret').split('.')[2]);
    expect(new Set(nonces).size).toBe(2_500);
  });

  it('refuses every flipped bit of nonce, ciphertext and tag', () => {
    const [label, keyId, nonce = '', body = ''] = seal('secret').split('.');
    for (const [index, part] of [nonce, body].entries()) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
        const parts = index === 0 ? [changed.toString('base64url'), body] : [nonce, changed.toString('base64url')];
        expect(opens([label, keyId, ...parts].join('.'))).toBe(false);
      }
    }
  });

  it.each([0, 1, 2, 3, 4])('refuses another place (word %i of what it is bound to)', (index) => {
    const elsewhere = BOUND.with(index, `${BOUND[index]}x`);
    expect(opens(seal('secret'), elsewhere)).toBe(false);
  });

  it('refuses words that were moved from one to the next', () => {
    expect(opens(seal('secret', ['ab', 'c']), ['a', 'bc'])).toBe(false);
  });

  it('refuses a seal of another kind, a cut one and a longer one', () => {
    const sealed = seal('secret');
    expect(opens(sealed, BOUND, 'psr1-wrap')).toBe(false);
    for (let length = 0; length < sealed.length; length += 1) expect(opens(sealed.slice(0, length))).toBe(false);
    expect(opens(`${sealed}.`)).toBe(false);
    expect(opens(`${sealed}A`)).toBe(false);
  });
});

describe('a sealed text that was kept', () => {
  const KEPT_KEY = createSecretKey(Buffer.alloc(32, 7));
  const KEPT = 'psr1.dek1.oGEACfm-9WO-oHJr.u7Ml9p3Tpu4idxqQHywHRxORNbvcrPZyw3o';

  it('by an earlier version opens with this one', () => {
    expect(openText('psr1', KEPT_KEY, BOUND, KEPT)).toBe('été 🌞');
    expect(keyIdOf('psr1', KEPT)).toBe('dek1');
  });

  const [label, keyId, nonce = '', body = ''] = KEPT.split('.');
  const shorter = (text: string, bytes: number) =>
    Buffer.from(text, 'base64url').subarray(0, -bytes).toString('base64url');

  it.each([
    ['no nonce', [label, keyId, '', body]],
    ['a shorter nonce', [label, keyId, shorter(nonce, 1), body]],
    ['a longer nonce', [label, keyId, `${nonce}AAAA`, body]],
    ['no key', [label, '', nonce, body]],
    ['no text and half a tag', [label, keyId, nonce, shorter(body, 20)]],
    ['nothing but a tag of four bytes', [label, keyId, nonce, body.slice(0, 6)]],
    ['one part less', [label, keyId, nonce]],
    ['one part more', [label, keyId, nonce, body, body]],
  ])('is none with %s, neither to open nor to ask for its key', (_, parts) => {
    const sealed = parts.join('.');
    for (const ask of [() => keyIdOf('psr1', sealed), () => openText('psr1', KEPT_KEY, BOUND, sealed)]) {
      expect(ask).toThrow(expect.objectContaining({ definition: sealBroken }));
    }
  });
});
