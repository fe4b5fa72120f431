import { randomUUID } from 'node:crypto';
import type { ChannelRequest } from '../../../src/calendars/index.js';

/** As the keeper of channels asks, with nobody else here whose channel could be in the way. */
export function channelRequest(given: { calendarId: string; url: string; secret?: string }): ChannelRequest {
  return { id: randomUUID(), secret: randomUUID(), mayReplace: () => Promise.resolve(true), ...given };
}
