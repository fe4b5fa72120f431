import { describe, expect, it } from '@jest/globals';
import { defaultChannels, kindOf, NOTIFICATION_KINDS } from './notification-kind.js';

describe('what a notification is about', () => {
  it.each([
    ['calendly_prospect_created', 'booking_created'],
    ['cal_com_prospect_created', 'booking_created'],
    ['calendly_booking_moved', 'booking_moved'],
    ['calendly_booking_canceled', 'booking_canceled'],
    ['cal_com_booking_no_show', 'booking_no_show'],
    ['google_calendar_connection_broken', 'connection_broken'],
    ['outlook_connection_recovered', 'connection_recovered'],
    ['calendly_import_finished', 'import_finished'],
    ['calendly_webhook_restored', 'import_finished'],
    ['sync_needs_approval', 'sync_needs_approval'],
    ['dead_letters', 'dead_letters'],
    ['calendar_conflict', 'other'],
    ['not_a_booking_created_by_us', 'other'],
    ['', 'other'],
  ])('follows from its type: %j is %s', (type, kind) => {
    expect(kindOf(type)).toBe(kind);
  });

  it('decides what is mailed unasked: who comes and when, and what stands still until somebody acts', () => {
    expect(NOTIFICATION_KINDS.filter((kind) => defaultChannels(kind).email)).toEqual([
      'booking_created',
      'booking_moved',
      'booking_canceled',
      'connection_broken',
      'sync_needs_approval',
      'dead_letters',
    ]);
    expect(NOTIFICATION_KINDS.every((kind) => defaultChannels(kind).inApp)).toBe(true);
  });
});
