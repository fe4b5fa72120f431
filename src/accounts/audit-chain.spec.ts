import { describe, expect, it } from '@jest/globals';
import { type AuditLine, CHAIN_START, sealOf } from './audit-chain.js';

const LINE: AuditLine = {
  id: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
  organization_id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073990',
  position: 1,
  at: new Date('2026-01-16T15:30:00.123Z'),
  actor_type: 'user',
  actor_id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073991',
  action: 'session.started',
  object_type: 'user',
  object_id: null,
  outcome: 'success',
  request_id: 'request-1',
  ip_prefix: '192.0.2.0/24',
  details: { b: 1, a: 'x' },
};

describe('sealOf', () => {
  it('is the same for the same line, in whatever order its details come', () => {
    expect(sealOf({ ...LINE, details: { a: 'x', b: 1 } }, CHAIN_START)).toEqual(sealOf(LINE, CHAIN_START));
  });

  it.each<[string, Partial<AuditLine>]>([
    ['its id', { id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073980' }],
    ['its organization', { organization_id: '0198f3c2-7a51-7cc3-98c4-dc0c0c073991' }],
    ['its position', { position: 2 }],
    ['its hour', { at: new Date('2026-01-16T15:30:00.124Z') }],
    ['who', { actor_id: null }],
    ['what kind of actor', { actor_type: 'system' }],
    ['what was done', { action: 'session.ended' }],
    ['to what', { object_id: '1' }],
    ['what kind of thing', { object_type: 'session' }],
    ['how it ended', { outcome: 'refused' }],
    ['the request', { request_id: null }],
    ['the network', { ip_prefix: null }],
    ['a detail', { details: { a: 'x', b: 2 } }],
    // The boundary between two fields is part of the seal.
    ['where one field ends', { object_type: 'use', object_id: 'r' }],
  ])('changes with %s', (_, change) => {
    expect(sealOf({ ...LINE, ...change }, CHAIN_START)).not.toEqual(sealOf(LINE, CHAIN_START));
  });

  it('changes with the line before', () => {
    expect(sealOf(LINE, Buffer.alloc(32, 1))).not.toEqual(sealOf(LINE, CHAIN_START));
  });

  it('does not change between releases: old trails must still verify', () => {
    expect(sealOf(LINE, CHAIN_START).toString('hex')).toBe(
      'cab41cf3c1eb8d85ec1a23fa054c1e13dfbdeb1e27b9d16374b9e06b45f01467',
    );
  });
});
