import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readNotices } from './outlook.delivery.js';

function change(changes: object = {}) {
  return {
    subscriptionId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07',
    subscriptionExpirationDateTime: '2026-03-08T09:00:00Z',
    changeType: 'updated',
    clientState: 'a-secret',
    tenantId: '84bd8158-6d4d-4958-8b9f-9d6445542f95',
    resource: 'Users/ad/Events/AAMk',
    resourceData: { '@odata.type': '#Microsoft.Graph.Event', id: 'AAMk' },
    ...changes,
  };
}

const read = (value: unknown) => readNotices(Buffer.from(JSON.stringify({ value })));
const notice = { externalId: '7f105c7d-2dc5-4530-97cd-4e7ae6534c07', secret: 'a-secret', kind: 'changed' };

describe('a notification of Graph', () => {
  it.each(['created', 'updated', 'deleted', 'updated,deleted'])(
    'of something %s says that there is something to read',
    (changeType) => {
      expect(read([change({ changeType })])).toEqual([notice]);
    },
  );

  it.each([
    ['reauthorizationRequired', 'must-extend'],
    ['subscriptionRemoved', 'lost'],
    ['missed', 'missed'],
  ])('of the channel itself, %s, means %s', (lifecycleEvent, kind) => {
    const item = change({ changeType: undefined, resource: undefined, resourceData: undefined, lifecycleEvent });
    expect(read([item])).toEqual([{ ...notice, kind }]);
  });

  it('may mix channels, and says of each the same thing once', () => {
    const other = change({ subscriptionId: 'S2', clientState: 'another' });
    expect(read([change(), other, change({ changeType: 'deleted' }), change()])).toEqual([
      notice,
      { externalId: 'S2', secret: 'another', kind: 'changed' },
    ]);
  });

  it('keeps a right item apart from a wrong one for the same channel', () => {
    expect(read([change({ clientState: 'guessed' }), change()])).toHaveLength(2);
  });

  it.each([
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['without a channel', change({ subscriptionId: undefined })],
    ['with an empty channel', change({ subscriptionId: '' })],
    ['with a channel that is an object', change({ subscriptionId: { $ne: '' } })],
    ['without a secret', change({ clientState: null })],
    ['with a secret that is a list', change({ clientState: ['a-secret'] })],
    ['with a secret of 10 kB', change({ clientState: 'x'.repeat(10_000) })],
    ['of no kind', change({ changeType: undefined })],
    ['of a kind to come', change({ changeType: undefined, lifecycleEvent: 'upgraded' })],
  ])('is heard without an item that is %s', (_, item) => {
    expect(read([item, change()])).toEqual([notice]);
  });

  it.each([{}, { value: null }, { value: {} }, { value: [] }, { other: 1 }])('that is %j says nothing', (body) => {
    expect(readNotices(Buffer.from(JSON.stringify(body)))).toEqual([]);
  });

  it.each(['', 'null', '42', '"x"', '[]', '{', '<html>', '\u0000'])('is none when it is %j', (body) => {
    expect(readNotices(Buffer.from(body))).toBeNull();
  });

  it('is never too much', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => change({ subscriptionId: `S${index}` }));
    expect(read(many)).toHaveLength(1_000);
  });

  it('breaks over nothing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readNotices(Buffer.from(bytes))));
    fc.assert(fc.property(fc.json(), (text) => void readNotices(Buffer.from(text))));
    fc.assert(fc.property(fc.array(fc.object()), (value) => Array.isArray(read(value))));
  });
});
