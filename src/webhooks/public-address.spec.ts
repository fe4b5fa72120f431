import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from '@jest/globals';
import { AddressForbidden, isPublicAddress, literalAddress, publicLookup } from './public-address.js';

describe('a public address', () => {
  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.15.255.255', '172.32.0.1', '2606:4700::1111', '2a00:1450::8a'])(
    'is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '100::1',
    'localhost',
    '',
  ])('is not %s', (address) => expect(isPublicAddress(address)).toBe(false));

  it('is also one that an IPv6-only network gives for a public IPv4 address', () => {
    expect(isPublicAddress('64:ff9b::1.1.1.1')).toBe(true);
  });
});

describe('the host of a URL', () => {
  it.each([
    ['http://0x7f.1/', '127.0.0.1'],
    ['http://2130706433/', '127.0.0.1'],
    ['http://0177.0.0.1/', '127.0.0.1'],
    ['http://127.1/', '127.0.0.1'],
    ['http://[::1]/', '::1'],
    ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['http://１２７.０.０.１/', '127.0.0.1'],
  ])('of %s is the address %s, however it is spelled', (url, address) => {
    expect(literalAddress(new URL(url))).toBe(address);
  });

  it('that is a name is no address', () => {
    expect(literalAddress(new URL('https://crm.example/'))).toBeNull();
  });
});

describe('the look-up of a connection', () => {
  const answers = (...addresses: string[]): LookupAddress[] =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

  const look = (found: LookupAddress[], all: boolean) =>
    new Promise((resolve, reject) => {
      publicLookup((_name, _options, callback) => callback(null, found))(
        'crm.example',
        { all },
        (error, address, family) => (error ? reject(error) : resolve(all ? address : [address, family])),
      );
    });

  it('hands over what it has looked at, in either form that is asked for', async () => {
    const found = answers('1.1.1.1', '2606:4700::1111');
    expect(await look(found, true)).toEqual(found);
    expect(await look(found, false)).toEqual(['1.1.1.1', 4]);
  });

  it.each([
    ['the only address is private', answers('192.168.0.1')],
    ['one of several is private', answers('1.1.1.1', '10.0.0.1')],
    ['a private one stands behind IPv6', answers('1.1.1.1', '::ffff:10.0.0.1')],
    ['there is none', []],
  ])('fails when %s', async (_what, found) => {
    await expect(look(found, true)).rejects.toBeInstanceOf(AddressForbidden);
    await expect(look(found, false)).rejects.toBeInstanceOf(AddressForbidden);
  });

  it('says what the resolver says when it fails', async () => {
    const missing = Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
    const looking = new Promise((resolve, reject) => {
      publicLookup((_name, _options, callback) => callback(missing, []))('crm.example', {}, (error) =>
        error ? reject(error) : resolve(null),
      );
    });
    await expect(looking).rejects.toBe(missing);
  });
});
