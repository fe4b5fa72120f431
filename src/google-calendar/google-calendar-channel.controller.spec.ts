import { describe, expect, it } from '@jest/globals';
import type { PushNotice } from '../deliveries/index.js';
import type { Problem } from '../platform/errors/problem.js';
import { GoogleCalendarChannelController } from './google-calendar-channel.controller.js';

const PUSH = { 'x-goog-channel-id': 'c1', 'x-goog-channel-token': 's1', 'x-goog-resource-state': 'exists' };

/** A receiver that knows one channel, and what it was told. */
function receiver() {
  const told: [string, readonly PushNotice[]][] = [];
  const receive = (provider: string, notices: readonly PushNotice[]) => {
    told.push([provider, notices]);
    return Promise.resolve(notices.map(({ secret }) => (secret === 's1' ? 'taken' : 'unknown')));
  };
  return { told, controller: new GoogleCalendarChannelController({ receive } as never) };
}

function codeOf(refusal: Promise<unknown>): Promise<unknown> {
  return refusal.catch((error: unknown) => (error as Problem).definition.code);
}

describe('a push that comes in', () => {
  it('is taken when its channel is known, with an empty body as Google sends it or none', async () => {
    const { told, controller } = receiver();
    expect(await controller.receive(PUSH, undefined)).toEqual({ received: true });
    expect(await controller.receive(PUSH, Buffer.alloc(0))).toEqual({ received: true });
    const notice = { externalId: 'c1', secret: 's1', kind: 'changed' };
    expect(told).toEqual([
      ['google-calendar', [notice]],
      ['google-calendar', [notice]],
    ]);
  });

  it('is at no known address when its secret is wrong or its headers are missing', async () => {
    const { told, controller } = receiver();
    const forged = { ...PUSH, 'x-goog-channel-token': 'guess' };
    expect(await codeOf(controller.receive(forged, undefined))).toBe('delivery/address-unknown');
    expect(await codeOf(controller.receive({}, undefined))).toBe('delivery/address-unknown');
    expect(told).toHaveLength(1);
  });

  it('is too large beyond four kilobytes, whoever sends it', async () => {
    const { told, controller } = receiver();
    expect(await codeOf(controller.receive(PUSH, Buffer.alloc(4_097)))).toBe('request/body-too-large');
    expect(told).toEqual([]);
    expect(await controller.receive(PUSH, Buffer.alloc(4_096))).toEqual({ received: true });
  });
});
