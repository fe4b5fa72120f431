import { describe, expect, it } from '@jest/globals';
import { CALENDLY_API, calendlyEvent, calendlyInvitee, type Fields } from '../../test/support/calendly-payloads.js';
import { toBookingFacts, toMark } from './calendly.mapper.js';
import { CalendlyUris } from './calendly.uris.js';
import { inviteeWire, scheduledEventWire } from './calendly.wire.js';

const uris = new CalendlyUris(CALENDLY_API);

function map(invitee: Fields = {}, event: Fields = {}, toldAt?: Date) {
  const wires = [scheduledEventWire.parse(calendlyEvent(event)), inviteeWire.parse(calendlyInvitee(invitee))] as const;
  return toBookingFacts(uris, ...wires, toldAt);
}

describe('an invitee of Calendly as a booking', () => {
  it('is complete', () => {
    expect(map()).toEqual({
      externalEventId: 'E1',
      externalId: 'E1/I1',
      status: 'active',
      eventType: 'https://api.calendly.com/event_types/T1',
      eventName: 'Découverte 30min',
      startsAt: new Date('2026-11-24T09:00:00Z'),
      endsAt: new Date('2026-11-24T09:30:00Z'),
      location: { type: 'google_conference', status: 'processing', join_url: null },
      joinUrl: null,
      invitee: {
        name: 'Inès Roy',
        firstname: 'Inès',
        lastname: 'Roy',
        email: 'ines.roy@example.test',
        phone: '+33 6 00 00 00 00',
        timeZone: 'Europe/Paris',
      },
      questions: [{ question: 'Votre projet ?', answer: 'Refaire le site', position: 0 }],
      tracking: {
        utm_campaign: null,
        utm_source: 'newsletter',
        utm_medium: null,
        utm_content: null,
        utm_term: null,
        salesforce_uuid: null,
      },
      cancellation: null,
      noShow: { at: null, knownAt: new Date('2026-11-20T10:00:00.223Z') },
      previousExternalId: null,
      nextExternalId: null,
      providerCreatedAt: new Date('2026-11-20T10:00:00.223Z'),
      providerUpdatedAt: new Date('2026-11-20T10:00:00.223Z'),
    });
  });

  it.each([
    ['active', false, 'active'],
    ['active', true, 'active'],
    ['canceled', false, 'canceled'],
    ['canceled', true, 'moved'],
  ])('that is %s (rescheduled: %s) is %s', (status, rescheduled, expected) => {
    expect(map({ status, rescheduled }).status).toBe(expected);
  });

  it('goes by the invitee, not by an event that others still attend or have left', () => {
    expect(map({ status: 'canceled' }, { status: 'active' }).status).toBe('canceled');
    expect(map({ status: 'active' }, { status: 'canceled' }).status).toBe('active');
  });

  it.each([
    [{ name: 'Inès Roy' }, 'Inès', 'Roy'],
    [{ name: ' Inès  de  la Roche ' }, 'Inès', 'de la Roche'],
    [{ name: 'Inès' }, 'Inès', ''],
    [{ name: '' }, '', ''],
    [{ name: 'Inès Roy', first_name: 'Inès Marie', last_name: 'Roy' }, 'Inès Marie', 'Roy'],
    [{ name: 'Roy', first_name: null, last_name: 'Roy' }, '', 'Roy'],
    [{ name: 'Inès', first_name: 'Inès', last_name: null }, 'Inès', ''],
  ])('is called what the form says: %j', (names, firstname, lastname) => {
    expect(map(names).invitee).toMatchObject({ firstname, lastname });
  });

  it.each<[string, Fields, Fields, string | null]>([
    ['the number for reminders', {}, {}, '+33 6 00 00 00 00'],
    [
      'the number to call',
      { text_reminder_number: null },
      { location: { type: 'outbound_call', location: '+33 1 00 00 00 00' } },
      '+33 1 00 00 00 00',
    ],
    [
      'the number for reminders before the one to call',
      {},
      { location: { type: 'outbound_call', location: '+33 1 00 00 00 00' } },
      '+33 6 00 00 00 00',
    ],
    [
      'not the host’s own number',
      { text_reminder_number: null },
      { location: { type: 'inbound_call', location: '+33 1 00 00 00 00' } },
      null,
    ],
    ['not a number nobody gave', { text_reminder_number: null }, { location: null }, null],
  ])('is called at %s', (_, invitee, event, phone) => {
    expect(map(invitee, event).invitee.phone).toBe(phone);
  });

  it.each([
    ['https://meet.test/abc', 'https://meet.test/abc'],
    ['http://meet.test/abc', 'http://meet.test/abc'],
    ['javascript:alert(1)', null],
    ['https://', null],
    ['', null],
    [null, null],
    [42, null],
  ])('is joined at %j only if a browser may open it', (join_url, expected) => {
    expect(map({}, { location: { type: 'zoom_conference', status: 'pushed', join_url, data: {} } }).joinUrl).toBe(
      expected,
    );
  });

  it('takes a location of a kind nobody knows yet', () => {
    expect(map({}, { location: { type: 'hologram', beam: 3, location: { x: 1 } } }).location).toEqual({
      type: 'hologram',
      location: null,
    });
  });

  it('is linked to what it replaces and what replaces it, never across hosts', () => {
    const link = (uri: string | null) => map({ old_invitee: uri, new_invitee: uri });
    const known = { previousExternalId: 'E0/I0', nextExternalId: 'E0/I0' };
    const unknown = { previousExternalId: null, nextExternalId: null };
    expect(link(`${CALENDLY_API}/scheduled_events/E0/invitees/I0`)).toMatchObject(known);
    expect(link('https://evil.test/scheduled_events/E0/invitees/I0')).toMatchObject(unknown);
    expect(link(null)).toMatchObject(unknown);
  });

  it('is as new as the newer of the event and the invitee', () => {
    const newer = '2026-11-21T10:00:00.000000Z';
    expect(map({ updated_at: newer }).providerUpdatedAt).toEqual(new Date(newer));
    expect(map({}, { updated_at: newer }).providerUpdatedAt).toEqual(new Date(newer));
  });

  it('is known to be marked absent as of the delivery, else the mark, else the last change', () => {
    const markedAt = '2026-11-24T10:00:00.000000Z';
    const noShow = { uri: `${CALENDLY_API}/invitee_no_shows/N1`, created_at: markedAt };
    const told = new Date('2026-11-25T00:00:00Z');
    expect(map({ no_show: noShow }, {}, told).noShow).toEqual({ at: new Date(markedAt), knownAt: told });
    expect(map({ no_show: noShow }).noShow).toEqual({ at: new Date(markedAt), knownAt: new Date(markedAt) });
    expect(map({}, {}, told).noShow).toEqual({ at: null, knownAt: told });
  });

  it('says who canceled and why, as far as is known', () => {
    const by = (cancellation: unknown) => map({ status: 'canceled', cancellation }).cancellation;
    expect(by({ canceled_by: 'Nora', canceler_type: 'host', reason: 'Grève' })).toEqual({
      by: 'host',
      reason: 'Grève',
    });
    expect(by({ canceled_by: 'x', canceler_type: 'robot', reason: null })).toEqual({ by: null, reason: null });
  });

  it('has its answers in the order of the form', () => {
    const line = (position: number) => ({ question: `Q${position}`, answer: 'a\nb', position });
    expect(
      map({ questions_and_answers: [line(2), line(0), line(1)] }).questions.map(({ question }) => question),
    ).toEqual(['Q0', 'Q1', 'Q2']);
    expect(map({ questions_and_answers: null }).questions).toEqual([]);
  });

  it('keeps names that a database cannot: without NUL, with halves of characters replaced', () => {
    expect(map({ name: 'I\0nès \ud83d' }).invitee.name).toBe('Inès \ufffd');
  });

  it('is refused when it lives elsewhere, or under another event', () => {
    expect(() => map({ uri: 'https://api.calendly.com/scheduled_events/E2/invitees/I1' })).toThrow('contract');
    expect(() => map({ uri: 'https://api.calendly.com/scheduled_events/E11/invitees/I1' })).toThrow('contract');
    expect(() => map({ uri: 'https://evil.test/scheduled_events/E1/invitees/I1' })).toThrow('contract');
    expect(() => map({}, { uri: 'https://evil.test/scheduled_events/E1' })).toThrow('contract');
  });
});

describe('the mark of an event', () => {
  const mark = (changes: Fields = {}) => toMark(scheduledEventWire.parse(calendlyEvent(changes)));

  it('stays while nothing changes', () => {
    expect(mark({ meeting_notes_plain: 'x' })).toBe(mark());
  });

  it.each<[string, Fields]>([
    ['is touched', { updated_at: '2026-11-20T10:00:00.124Z' }],
    ['is canceled', { status: 'canceled' }],
    ['gets another invitee', { invitees_counter: { total: 2, active: 1, limit: 2 } }],
    ['loses one', { invitees_counter: { total: 1, active: 0, limit: 1 } }],
  ])('moves when the event %s', (_, changes) => {
    expect(mark(changes)).not.toBe(mark());
  });
});
