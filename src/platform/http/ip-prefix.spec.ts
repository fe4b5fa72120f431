import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ipPrefix } from './ip-prefix.js';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0/24'],
    ['127.0.0.1', '127.0.0.0/24'],
    ['::ffff:203.0.113.77', '203.0.113.0/24'],
    ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'],
    ['2001:db8:85a3::7348', '2001:db8:85a3::/48'],
    ['2001:db8::7348', '2001:db8:0::/48'],
    ['2001:db8::', '2001:db8:0::/48'],
    ['::1', '0:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['', 'unknown'],
    ['crm.example', 'unknown'],
    ['203.0.113', 'unknown'],
    ['203.0.113.77, 10.0.0.1', 'unknown'],
  ])('of %j is %s', (address, prefix) => {
    expect(ipPrefix(address)).toBe(prefix);
  });

  it('is the same for everybody in it', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.nat(255), (address, last) => {
        const neighbour = address.replace(/\d+$/, String(last));
        expect(ipPrefix(neighbour)).toBe(ipPrefix(address));
      }),
    );
  });

  it('is unknown of a client that has already gone', () => {
    expect(ipPrefix(undefined)).toBe('unknown');
  });

  it('never holds more than three groups of an address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (address) => {
        expect(ipPrefix(address)).toMatch(/^[\da-f]{1,4}(?::[\da-f]{1,4}){2}::\/48$|^\d+\.\d+\.\d+\.0\/24$/i);
      }),
    );
  });
});
