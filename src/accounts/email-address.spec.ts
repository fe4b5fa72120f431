import { describe, expect, it } from '@jest/globals';
import { toEmailKey } from './email-address.js';

describe('toEmailKey', () => {
  it.each([
    ['Camille@Atelier.Example', 'camille@atelier.example'],
    ['  camille@atelier.example ', 'camille@atelier.example'],
    ['zoé@atelier.example'.normalize('NFD'), 'zoé@atelier.example'.normalize('NFC')],
    ['lea@MÜLLER.example', 'lea@xn--mller-kva.example'],
    ['lea@xn--mller-kva.example', 'lea@xn--mller-kva.example'],
  ])('takes %j for %j', (written, key) => {
    expect(toEmailKey(written)).toBe(key);
  });

  it('keeps apart what a provider may keep apart', () => {
    expect(new Set(['a.b@c.example', 'ab@c.example', 'a.b+news@c.example'].map(toEmailKey)).size).toBe(3);
  });
});
