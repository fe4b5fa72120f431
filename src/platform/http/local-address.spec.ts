import { describe, expect, it } from '@jest/globals';
import { isLocalAddress } from './local-address.js';

describe('an address', () => {
  it.each([
    'http://localhost:3000',
    'http://app.localhost',
    'http://127.0.0.1:3000',
    'https://[::1]:3000',
    'https://192.168.1.20',
    'https://172.20.0.4',
    'https://[fd12::1]',
    'http://passerelle:3000',
    'https://crm.local',
  ])('such as %s is local', (address) => {
    expect(isLocalAddress(address)).toBe(true);
  });

  it.each([
    'https://crm.example',
    'https://172.32.0.1',
    'https://8.8.8.8',
    'https://[2001:db8::1]',
    'https://local.example.com',
  ])('such as %s is not', (address) => {
    expect(isLocalAddress(address)).toBe(false);
  });
});
