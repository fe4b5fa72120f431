import { describe, expect, it } from '@jest/globals';
import { readNotice } from './google-calendar.delivery.js';

const PUSH = {
  'x-goog-channel-id': '4ba78bf0-6a47-11e2-bcfd-0800200c9a66',
  'x-goog-channel-token': 'a-secret-of-this-channel',
  'x-goog-channel-expiration': 'Fri, 27 Nov 2026 10:00:00 GMT',
  'x-goog-resource-id': 'ret08u3rv24htgh289g',
  'x-goog-resource-uri': 'https://www.googleapis.com/calendar/v3/calendars/c/events',
  'x-goog-resource-state': 'exists',
  'x-goog-message-number': '10',
};

describe('a push of Google', () => {
  it('is known by its headers alone', () => {
    expect(readNotice(PUSH)).toEqual({
      externalId: '4ba78bf0-6a47-11e2-bcfd-0800200c9a66',
      secret: 'a-secret-of-this-channel',
      kind: 'changed',
    });
  });

  it.each([
    ['sync', 'opened'],
    ['exists', 'changed'],
    ['not_exists', 'changed'],
    ['a word to come', 'changed'],
  ])('in state %j means %s', (state, kind) => {
    expect(readNotice({ ...PUSH, 'x-goog-resource-state': state })?.kind).toBe(kind);
  });

  it.each(['x-goog-channel-id', 'x-goog-channel-token', 'x-goog-resource-state'])('is none without %s', (name) => {
    expect(readNotice({ ...PUSH, [name]: undefined })).toBeNull();
    expect(readNotice({ ...PUSH, [name]: '' })).toBeNull();
  });

  it('is none when its id or token is longer than Google allows', () => {
    expect(readNotice({ ...PUSH, 'x-goog-channel-id': 'x'.repeat(65) })).toBeNull();
    expect(readNotice({ ...PUSH, 'x-goog-channel-token': 'x'.repeat(257) })).toBeNull();
    expect(readNotice({ ...PUSH, 'x-goog-channel-token': 'x'.repeat(256) })).not.toBeNull();
  });
});
