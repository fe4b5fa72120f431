import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import ical from 'node-ical';
import { HOSTILE_WORDS } from '../../../test/support/mail-hostile-words.js';
import { instantsMeant, INSTANTS, readSlot, readSubject, ZONES } from '../../../test/support/mail-instants.js';
import { loadConfig } from '../../platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../platform/config/platform.config.js';
import { MailConfig, mailConfig } from '../mail.config.js';
import type { BookingMail, MailModel } from './mail-model.js';
import { MailRenderer, type RenderedMail } from './mail-renderer.js';
import { SAMPLE_MAILS, sampleOf } from './sample-mails.js';

const config = loadConfig([platformConfig, mailConfig], {
  NODE_ENV: 'test',
  ENCRYPTION_KEY: randomBytes(32).toString('hex'),
  FRONTEND_URL: 'https://crm.example',
  SMTP_URL: 'smtp://mail.example',
  MAIL_FROM: 'Passerelle <rdv@passerelle.example>',
});
const renderer = new MailRenderer(config.get(MailConfig) as MailConfig, config.get(PlatformConfig) as PlatformConfig);
const WRITTEN_AT = new Date('2025-11-14T08:00:00Z');
const { created } = SAMPLE_MAILS;

function render(
  model: MailModel,
  locale: 'fr' | 'en' = 'fr',
  timeZone = 'Europe/Paris',
  name = 'ArchiMeuble',
): RenderedMail {
  return renderer.render({ ...sampleOf(model), organization: { name, timeZone } }, locale, WRITTEN_AT);
}

/** Every element with the names of its attributes, in order: what a reader of the mail would build. */
function elementsOf(html: string): string[] {
  return [...html.matchAll(/<(\/?[a-z!][^\s>]*)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*>/gi)].map(
    ([, name, attributes = '']) =>
      [name, ...[...attributes.matchAll(/\s([^\s=>]+)(?:="[^"]*")?/g)].map(([, attribute]) => attribute)].join(' '),
  );
}

describe('a mail', () => {
  it('of a new booking says what the carpenter needs to know', () => {
    const { subject, text } = render(created);
    expect(subject).toBe('Nouveau RDV Calendly - ArchiMeuble : Consultation téléphonique - 30 min');
    expect(text.replaceAll('\u00a0', ' ')).toBe(`Bonjour,

Un nouveau rendez-vous a été pris sur Calendly.

Type de consultation : Téléphonique
Rendez-vous : Consultation téléphonique - 30 min
Client : Jean Dupont
E-mail : jean.dupont@example.com
Téléphone : +33 6 12 34 56 78
Date et heure : 15/11/2025 à 15:00 - 15:30
Fuseau horaire : Europe/Paris (UTC+1)
Heure du client : 15/11/2025 à 09:00 - 09:30, America/New_York (UTC-5)
Lieu : +33 6 12 34 56 78

Lien de configuration : https://archimeuble.example/configurator/save/abc123

Notes supplémentaires :
- Notes supplémentaires
    Je souhaite un meuble scandinave
    pour mon salon

Pensez à vous préparer pour cet entretien et à vérifier votre agenda.

Cordialement,
Passerelle, pour ArchiMeuble

-- 
Vous recevez ce message parce que cette adresse est choisie dans les réglages des notifications.
`);
  });

  it('is written in English as well', () => {
    const { subject, text } = render(created, 'en');
    expect(subject).toBe('New Calendly appointment - ArchiMeuble: Consultation téléphonique - 30 min');
    expect(text).toContain('Date and time: 15 Nov 2025 at 15:00 - 15:30\n');
    expect(text).toContain('Kind of meeting: Phone call\n');
  });

  it.each([
    ['moved', 'RDV Calendly déplacé - ArchiMeuble : Consultation téléphonique - 30 min, 18/11/2025 à 10:00'],
    ['canceled', 'RDV Calendly annulé - ArchiMeuble : Consultation téléphonique - 30 min, 15/11/2025 à 15:00'],
    ['no-show', 'Absence signalée - ArchiMeuble : Consultation téléphonique - 30 min, 15/11/2025 à 15:00'],
    ['broken', 'Connexion Calendly à rétablir - ArchiMeuble'],
    ['recovered', 'Connexion Calendly rétablie - ArchiMeuble'],
    ['notice', 'Import Calendly terminé - ArchiMeuble'],
    ['digest', 'Résumé du 16/01/2026 - ArchiMeuble'],
  ] as const)('of the kind "%s" says in its subject what it is about', (name, subject) => {
    expect(render(SAMPLE_MAILS[name]).subject).toBe(subject);
    expect(renderer.subjectOf(sampleOf(SAMPLE_MAILS[name]), 'fr')).toBe(subject);
  });

  it('of a move says both hours, and of a cancellation who and why', () => {
    const moved = render(SAMPLE_MAILS.moved).text.replaceAll('\u00a0', ' ');
    expect(moved).toContain('Ancien horaire : 15/11/2025 à 15:00 - 15:30\nNouvel horaire : 18/11/2025 à 10:00 - 10:30');
    expect(moved).toContain('Lien de visio : https://meet.example/abc-defg-hij');
    const canceled = render(SAMPLE_MAILS.canceled).text.replaceAll('\u00a0', ' ');
    expect(canceled).toContain('annulé par le client.');
    expect(canceled).toContain('Motif : Empêchement de dernière minute');
    expect(render({ ...SAMPLE_MAILS.canceled, wasKnown: false }).text).toContain('pris puis annulé');
    const byHost = { ...SAMPLE_MAILS.canceled, cancellation: { by: 'host', reason: null } } as BookingMail;
    expect(render(byHost).text).toContain('annulé de votre côté');
  });

  it('of a move to an hour nobody knows says so', () => {
    const { subject, text, calendarFile } = render({ ...SAMPLE_MAILS.moved, slot: null });
    expect(subject).toBe('RDV Calendly déplacé - ArchiMeuble : Consultation téléphonique - 30 min');
    expect(text.replaceAll('\u00a0', ' ')).toContain('Nouvel horaire : pas encore connu');
    expect(calendarFile?.content.match(/STATUS:\w+/g)).toEqual(['STATUS:CANCELLED']);
  });

  it('of a broken connection names the cause, what to do and where', () => {
    const { html, text } = render(SAMPLE_MAILS.broken);
    expect(text).toContain('L’accès a été retiré chez Calendly, ou a expiré. Reconnectez le compte.');
    expect(html).toContain('<a href="https://crm.example" style="color:#0b5fff">Reconnecter le compte</a>');
  });

  it('lets an https link be clicked, and shows any other in full', () => {
    const withAnswer = (answer: string) => render({ ...created, answers: [{ question: 'Lien', answer }] }).html;
    expect(withAnswer('https://example.com/a?b=1&c')).toContain(
      '<a href="https://example.com/a?b&#x3D;1&amp;c" style="color:#0b5fff">https://example.com/a?b&#x3D;1&amp;c</a>',
    );
    const plain = withAnswer('http://example.com/a');
    expect(plain).toContain('<br>http://example.com/a</p>');
    expect(plain).not.toContain('<a ');
    expect(withAnswer('javascript:alert(1)')).not.toContain('href');
  });

  it('takes the first link among the answers for the configuration, the rest for notes', () => {
    const answers = [
      { question: 'Q1', answer: 'rien' },
      { question: 'Q2', answer: 'https://one.example/' },
      { question: 'Q3', answer: 'https://two.example/' },
      { question: 'Q4', answer: '  ' },
    ];
    const { text } = render({ ...created, answers });
    expect(text.replaceAll('\u00a0', ' ')).toContain(
      'Lien de configuration : https://one.example/\n\nNotes supplémentaires :\n- Q1\n    rien\n- Q3\n    https://two.example/\n\n',
    );
  });

  it('says the client’s hour only when it is another one, in a zone that exists', () => {
    const inZone = (timeZone: string | null) => render({ ...created, invitee: { ...created.invitee, timeZone } }).text;
    expect(inZone('Europe/Berlin')).not.toContain('Heure du client');
    expect(inZone('Mars/Phobos')).not.toContain('Heure du client');
    expect(inZone(null)).not.toContain('Heure du client');
    expect(inZone('Asia/Tokyo').replaceAll('\u00a0', ' ')).toContain(
      'Heure du client : 15/11/2025 à 23:00 - 23:30, Asia/Tokyo (UTC+9)',
    );
  });

  it('goes back to the invitee when it is answered, if that is one mailbox', () => {
    expect(render(created).replyTo).toBe('jean.dupont@example.com');
    const hostile = { ...created, invitee: { ...created.invitee, email: 'a@b.fr\r\nBcc: c@d.fr' } };
    expect(render(hostile).replyTo).toBeNull();
  });

  it('belongs with the others about the same appointment', () => {
    const of = (id: string) => `<booking.${id}@passerelle.example>`;
    expect(render(created).references).toEqual([of(created.bookingId)]);
    expect(render(SAMPLE_MAILS.moved).references).toEqual([
      of(SAMPLE_MAILS.moved.formerBookingId),
      of(created.bookingId),
    ]);
  });

  it.each(Object.keys(SAMPLE_MAILS) as (keyof typeof SAMPLE_MAILS)[])(
    'of the kind "%s" leaves nothing blank in either language',
    (name) => {
      for (const locale of ['fr', 'en'] as const) {
        const { html, text } = render(SAMPLE_MAILS[name], locale);
        expect(`${html}${text}`).not.toMatch(/undefined|null|\[object|\{\{|NaN/);
        expect(text).not.toMatch(/\n{3}/);
        expect(html).toContain(`<html lang="${locale}">`);
        expect(html).not.toMatch(/<(img|script|link|iframe)|url\(|@import/);
        expect(html.length).toBeLessThan(8_000);
      }
    },
  );
});

describe('the calendar file of a mail', () => {
  const read = (model: MailModel) => {
    const { calendarFile } = render(model);
    return calendarFile === null
      ? []
      : Object.values(ical.sync.parseICS(calendarFile.content)).filter((part) => part?.type === 'VEVENT');
  };

  it('puts a new booking into the calendar', () => {
    expect(read(created)).toMatchObject([
      {
        uid: `${created.bookingId}@passerelle.example`,
        start: new Date(created.slot!.startsAt),
        end: new Date(created.slot!.endsAt),
        summary: 'Consultation téléphonique - 30 min - Jean Dupont',
        status: 'CONFIRMED',
      },
    ]);
    expect(render(created).calendarFile?.content).toMatch(/METHOD:PUBLISH\r\n/);
  });

  it('takes a cancelled one back under the same id, and of a move the former one', () => {
    expect(read(SAMPLE_MAILS.canceled)).toMatchObject([
      { uid: `${created.bookingId}@passerelle.example`, status: 'CANCELLED', sequence: 1 },
    ]);
    expect(read(SAMPLE_MAILS.moved)).toMatchObject([
      { uid: `${SAMPLE_MAILS.moved.formerBookingId}@passerelle.example`, status: 'CANCELLED' },
      { uid: `${created.bookingId}@passerelle.example`, status: 'CONFIRMED' },
    ]);
  });

  it('is left out where there is nothing to enter or to take back', () => {
    expect(read(SAMPLE_MAILS['no-show'])).toEqual([]);
    expect(read({ ...SAMPLE_MAILS.canceled, wasKnown: false })).toEqual([]);
    expect(read(SAMPLE_MAILS.broken)).toEqual([]);
  });
});

describe('a hostile word', () => {
  it('is tried in at least sixty shapes', () => {
    expect(new Set(HOSTILE_WORDS).size).toBeGreaterThanOrEqual(60);
  });

  /** What the templates have to offer: a mail that is nothing but harmless, with links and notes of every kind. */
  const harmless = elementsOf(
    render({
      ...SAMPLE_MAILS.moved,
      answers: [
        { question: 'Lien', answer: 'https://exemple.test/' },
        { question: 'Question', answer: 'une\nréponse' },
      ],
    }).html,
  );
  /** What stands once in every mail, however much is said in it. */
  const isFrame = (element: string): boolean => /^\/?(!doctype|html|head|meta|title|body|table)\b/i.test(element);

  describe.each([
    'name',
    'email',
    'eventName',
    'answer',
    'question',
    'place',
    'reason',
    'joinUrl',
    'organization',
  ] as const)('as %s', (field) => {
    const withWord = (word: string): BookingMail => ({
      ...SAMPLE_MAILS.moved,
      ...(field === 'eventName' && { eventName: word }),
      ...(field === 'place' && { place: word }),
      ...(field === 'joinUrl' && { joinUrl: word }),
      ...(field === 'reason' && { cancellation: { by: null, reason: word } }),
      invitee: {
        ...created.invitee,
        ...(field === 'name' && { name: word }),
        ...(field === 'email' && { email: word }),
      },
      answers: [
        {
          question: field === 'question' ? word : 'Une question',
          answer: field === 'answer' ? word : 'Une réponse',
        },
      ],
    });

    it.each(HOSTILE_WORDS.map((word) => [word.slice(0, 60), word] as const))('%j adds nothing', (_, word) => {
      const { html, subject, calendarFile } = render(
        withWord(word),
        'fr',
        'Europe/Paris',
        field === 'organization' ? word : undefined,
      );
      const elements = elementsOf(html);
      // Each "<" begins an element of the template; there is no other.
      expect(html.split('<').length - 1).toBe(elements.length);
      expect(elements.filter(isFrame)).toEqual(harmless.filter(isFrame));
      expect(elements.filter((element) => !harmless.includes(element))).toEqual([]);
      for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^https:\/\//);
      // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
      expect(subject).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      expect(subject.length).toBeLessThan(4_000);
      const names = calendarFile!.content
        .split('\r\n')
        .filter((line) => !line.startsWith(' ') && line !== '')
        .map((line) => line.split(/[:;]/)[0]!);
      expect(names.filter((name) => !CALENDAR_NAMES.has(name))).toEqual([]);
      expect(names.filter((name) => name === 'BEGIN')).toHaveLength(3);
    });
  });
});

const CALENDAR_NAMES = new Set(
  (
    'BEGIN END VERSION PRODID METHOD UID SEQUENCE DTSTAMP DTSTART DTEND SUMMARY LOCATION DESCRIPTION ORGANIZER ' +
    'STATUS URL'
  ).split(' '),
);

describe('the instant of a mail', () => {
  it('is asked for at fifty moments in twenty zones', () => {
    expect([new Set(INSTANTS.map(Number)).size, new Set(ZONES).size]).toEqual([50, 20]);
  });

  it.each(ZONES)('is the same in subject, text, HTML and calendar file in %s', (zone) => {
    for (const [index, instant] of INSTANTS.entries()) {
      const theirs = ZONES[(index + 7) % ZONES.length]!;
      const slot = { startsAt: instant.toISOString(), endsAt: new Date(instant.getTime() + 1_800_000).toISOString() };
      const model = {
        ...SAMPLE_MAILS.moved,
        slot,
        formerSlot: null,
        formerBookingId: null,
        invitee: { ...created.invitee, timeZone: theirs },
      } as BookingMail;
      const { subject, text, html, calendarFile } = render(model, 'fr', zone);
      const when = (label: string, zoneOf: string): void => {
        const line = text.split('\n').find((candidate) => candidate.startsWith(label))!;
        const { start, end } = readSlot(line)!;
        expect(instantsMeant(start, zoneOf)).toEqual([instant.getTime()]);
        expect(instantsMeant(end, zoneOf)).toEqual([Date.parse(slot.endsAt)]);
        expect(html).toContain(line.split('\u00a0: ')[1]!.replaceAll('=', '&#x3D;'));
      };
      when('Nouvel horaire', zone);
      if (text.includes('Heure du client')) when('Heure du client', theirs);
      expect(instantsMeant(readSubject(subject)!, zone)).toEqual([instant.getTime()]);
      expect(text).toContain(`${zone} (UTC`);
      const compact = (at: string) => `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
      expect(calendarFile!.content).toContain(`DTSTART:${compact(slot.startsAt)}`);
      expect(calendarFile!.content).toContain(`DTEND:${compact(slot.endsAt)}`);
    }
  });
});
