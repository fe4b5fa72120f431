import { describe, expect, it } from '@jest/globals';
import { CalendlyUris, inviteePath } from './calendly.uris.js';

const uris = new CalendlyUris('http://127.0.0.1:4010/calendly/api');

describe('an address from Calendly', () => {
  it('gives its ids, whether it names the configured base or the public one', () => {
    expect(uris.idOf('users', 'http://127.0.0.1:4010/calendly/api/users/U-1_a')).toBe('U-1_a');
    expect(uris.idOf('users', 'https://api.calendly.com/users/U1')).toBe('U1');
    expect(uris.inviteeIdOf('https://api.calendly.com/scheduled_events/E1/invitees/I1')).toBe('E1/I1');
  });

  it('is made again from ids on the configured base', () => {
    expect(uris.eventUri('E1')).toBe('http://127.0.0.1:4010/calendly/api/scheduled_events/E1');
    expect(uris.inviteeUri('E1/I1')).toBe('http://127.0.0.1:4010/calendly/api/scheduled_events/E1/invitees/I1');
    expect(inviteePath('E1/I1')).toBe('/scheduled_events/E1/invitees/I1');
  });

  const API = 'https://api.calendly.com';
  const PATH = '/scheduled_events/E1/invitees/I1';
  it.each([
    ['nothing', ''],
    ['a path', PATH],
    ['a path of another host', `//evil.test${PATH}`],
    ['another host', `https://evil.test${PATH}`],
    ['our host as a prefix', `https://api.calendly.com.evil.test${PATH}`],
    ['our host as a user', `https://api.calendly.com@evil.test${PATH}`],
    ['a user at our host', `https://root@api.calendly.com${PATH}`],
    ['a password at our host', `https://:x@api.calendly.com${PATH}`],
    ['another scheme', `http://api.calendly.com${PATH}`],
    ['a file', `file://${PATH}`],
    ['a script', `javascript:alert(1)//${PATH}`],
    ['data', `data:text/plain,${PATH}`],
    ['another port', `https://api.calendly.com:8443${PATH}`],
    ['the cloud’s own address', `http://169.254.169.254${PATH}`],
    ['our machine, another port', `http://127.0.0.1:5432/calendly/api${PATH}`],
    ['our machine, outside the base', `http://127.0.0.1:4010${PATH}`],
    ['our machine, a sibling of the base', `http://127.0.0.1:4010/calendly/api2${PATH}`],
    ['a way out of the base', `http://127.0.0.1:4010/calendly/api/../..${PATH}`],
    ['an encoded way out', `http://127.0.0.1:4010/calendly/api/%2e%2e/%2e%2e${PATH}`],
    ['something after the id', `${API}${PATH}/cancel`],
    ['a slash at the end', `${API}${PATH}/`],
    ['no invitee', `${API}/scheduled_events/E1/invitees/`],
    ['no event', `${API}/scheduled_events//invitees/I1`],
    ['an encoded slash in an id', `${API}/scheduled_events/E1%2F..%2Fusers/invitees/I1`],
    ['dots for an id', `${API}/scheduled_events/./invitees/I1`],
    ['a letter outside the alphabet', `${API}/scheduled_events/É1/invitees/I1`],
    ['an id beyond measure', `${API}/scheduled_events/${'E'.repeat(65)}/invitees/I1`],
    ['another collection', `${API}/users/E1/invitees/I1`],
    ['only an event', `${API}/scheduled_events/E1`],
    ['a line break', `${API}/scheduled_events/E1\u2028/invitees/I1`],
  ])('is not taken for an invitee: %s', (_, uri) => {
    expect(uris.inviteeIdOf(uri)).toBeNull();
  });

  it('is not taken for what it is not', () => {
    expect(uris.idOf('users', 'https://api.calendly.com/organizations/O1')).toBeNull();
    expect(uris.idOf('users', 'https://api.calendly.com/users/U1/secrets')).toBeNull();
    expect(uris.idOf('users', 'users/U1')).toBeNull();
  });
});
