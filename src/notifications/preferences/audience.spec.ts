import { describe, expect, it } from '@jest/globals';
import { type Audience, listeners, mailRecipients, organizationMailboxes, type Reader } from './audience.js';

const OWNER: Reader = { id: 'owner', email: 'olga@atelier.example', role: 'owner', choices: {} };
const MEMBER: Reader = { id: 'member', email: 'milo@atelier.example', role: 'member', choices: {} };

function audience(readers: Reader[], mail: Partial<Audience['mail']> = {}): Audience {
  return {
    organization: { name: 'Atelier', timeZone: 'Europe/Paris' },
    readers,
    mail: { enabled: true, recipients: [], locale: 'fr', ...mail },
  };
}
const choosing = (reader: Reader, kind: string, email: boolean, inApp = true): Reader => ({
  ...reader,
  choices: { [kind]: { email, inApp } },
});
const created = { kind: 'booking_created', userId: null } as const;

describe('a mail goes', () => {
  it.each<[string, Audience, Parameters<typeof mailRecipients>[1], string[]]>([
    ['to the owners, as long as no mailbox is named', audience([OWNER, MEMBER]), created, [OWNER.email]],
    [
      'to the organization’s mailboxes instead, once there are some',
      audience([OWNER, MEMBER], { recipients: ['rdv@atelier.example'] }),
      created,
      ['rdv@atelier.example'],
    ],
    [
      'to whoever asked for it as well, once each',
      audience(
        [
          choosing({ ...OWNER, email: 'RDV@atelier.example' }, 'booking_created', true),
          choosing(MEMBER, 'booking_created', true),
        ],
        {
          recipients: ['rdv@atelier.example'],
        },
      ),
      created,
      ['RDV@atelier.example', MEMBER.email],
    ],
    ['not to an owner who wants none', audience([choosing(OWNER, 'booking_created', false)]), created, []],
    ['to nobody when the organization wants no mail', audience([OWNER], { enabled: false }), created, []],
    ['to nobody unasked, when it can wait', audience([OWNER]), { kind: 'import_finished', userId: null }, []],
    [
      'to whoever asks for what can wait',
      audience([OWNER, choosing(MEMBER, 'import_finished', true)], { recipients: ['rdv@atelier.example'] }),
      { kind: 'import_finished', userId: null },
      [MEMBER.email],
    ],
    [
      'to the one person it is for, whatever their role, and to nobody else',
      audience([OWNER, MEMBER], { recipients: ['rdv@atelier.example'] }),
      { kind: 'connection_broken', userId: 'member' },
      [MEMBER.email],
    ],
    ['to nobody whose address is no mailbox', audience([{ ...OWNER, email: '"x y"@z.fr' }]), created, []],
  ])('%s', (_, who, told, expected) => {
    expect(mailRecipients(who, told)).toEqual(expected);
  });
});

describe('in the application', () => {
  it('everybody hears what nobody has muted', () => {
    expect(listeners(audience([OWNER, choosing(MEMBER, 'booking_moved', true, false)]), created)).toBeNull();
  });

  it('whoever has muted a kind does not hear it', () => {
    expect(listeners(audience([OWNER, choosing(MEMBER, 'booking_created', true, false)]), created)).toEqual([OWNER]);
  });
});

describe('a digest', () => {
  it('goes to the organization’s mailboxes, or else to its owners', () => {
    expect(organizationMailboxes(audience([OWNER, MEMBER]))).toEqual([OWNER.email]);
    expect(organizationMailboxes(audience([OWNER], { recipients: ['a@b.fr', 'A@b.fr'] }))).toEqual(['A@b.fr']);
  });
});
