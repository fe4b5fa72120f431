import { describe, expect, it } from '@jest/globals';
import { meetingKind, placeOf } from './booking-place.js';

describe('where two people meet', () => {
  it.each([
    [{ type: 'outbound_call', location: '+33 6 12 34 56 78' }, null, 'phone'],
    [{ type: 'inbound_call', location: null }, null, 'phone'],
    [{ type: 'attendeePhone' }, null, 'phone'],
    [{ type: 'physical', location: '12 rue des Ébénistes' }, null, 'on_site'],
    [{ type: 'attendeeInPerson' }, null, 'on_site'],
    [{ type: 'google_conference', join_url: null }, null, 'video'],
    [{ type: 'zoom' }, 'https://zoom.example/1', 'video'],
    [{ type: 'microsoft_teams_conference' }, null, 'video'],
    [{ type: 'gotomeeting_conference' }, null, 'video'],
    [{ type: 'integrations:daily' }, null, 'video'],
    [{ location: 'integrations:google:meet' }, null, 'video'],
    [{ type: 'custom', location: 'https://visio.example/salle' }, null, 'video'],
    [{ type: 'ask_invitee', location: '06 12 34 56 78' }, null, 'phone'],
    [{ type: 'ask_invitee', location: 'chez moi' }, null, null],
    [{ type: 'custom', location: null }, null, null],
    [{ type: 7, location: { deep: true } }, null, null],
    [null, 'https://meet.example/1', 'video'],
    [null, null, null],
  ] as const)('%j with %j is %s', (location, joinUrl, expected) => {
    expect(meetingKind({ location, joinUrl })).toBe(expected);
  });
});

describe('the place that people read', () => {
  it.each([
    [{ type: 'physical', location: ' 12 rue des Ébénistes ' }, null, '12 rue des Ébénistes'],
    [{ type: 'google_conference' }, 'https://meet.example/1', null],
    [{ type: 'custom', location: 'https://meet.example/1' }, 'https://meet.example/1', null],
    [{ location: 'integrations:google:meet' }, null, null],
    [{ type: 'ask_invitee', location: 'chez moi' }, null, 'chez moi'],
    [null, null, null],
  ] as const)('of %j with %j is %s', (location, joinUrl, expected) => {
    expect(placeOf({ location, joinUrl })).toBe(expected);
  });
});
