import type { BookingMail, KeptMail, MailModel } from './mail-model.js';

const BOOKING: BookingMail = {
  template: 'booking',
  change: 'created',
  provider: 'Calendly',
  eventName: 'Consultation téléphonique - 30 min',
  meeting: 'phone',
  place: '+33 6 12 34 56 78',
  joinUrl: null,
  invitee: {
    name: 'Jean Dupont',
    email: 'jean.dupont@example.com',
    phone: '+33 6 12 34 56 78',
    timeZone: 'America/New_York',
  },
  answers: [
    { question: 'Lien de configuration ArchiMeuble', answer: 'https://archimeuble.example/configurator/save/abc123' },
    { question: 'Notes supplémentaires', answer: 'Je souhaite un meuble scandinave\npour mon salon' },
  ],
  slot: { startsAt: '2025-11-15T14:00:00.000Z', endsAt: '2025-11-15T14:30:00.000Z' },
  formerSlot: null,
  bookingId: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d2',
  formerBookingId: null,
  cancellation: null,
  wasKnown: true,
};

/** One of each mail, for whoever works on the templates and for tests. Nobody in it exists. */
export const SAMPLE_MAILS = {
  created: BOOKING,
  moved: {
    ...BOOKING,
    change: 'moved',
    meeting: 'video',
    place: null,
    joinUrl: 'https://meet.example/abc-defg-hij',
    formerSlot: BOOKING.slot,
    slot: { startsAt: '2025-11-18T09:00:00.000Z', endsAt: '2025-11-18T09:30:00.000Z' },
    formerBookingId: '019f6b1e-3c2a-7a51-9d5b-0c2f4be0a1d1',
  },
  canceled: {
    ...BOOKING,
    change: 'canceled',
    meeting: 'on_site',
    place: '12 rue des Ébénistes, Lyon',
    cancellation: { by: 'invitee', reason: 'Empêchement de dernière minute' },
  },
  'no-show': { ...BOOKING, change: 'no_show' },
  broken: {
    template: 'connection',
    change: 'broken',
    provider: 'Calendly',
    accountEmail: 'nora@example.com',
    reason: {
      fr: 'L’accès a été retiré chez Calendly, ou a expiré. Reconnectez le compte.',
      en: 'Access was withdrawn at Calendly, or has expired. Reconnect the account.',
    },
  },
  recovered: { template: 'connection', change: 'recovered', provider: 'Calendly', accountEmail: null, reason: null },
  notice: {
    template: 'notice',
    title: 'Import Calendly terminé',
    message: '120 rendez-vous importés, 38 nouveaux prospects',
  },
  digest: {
    template: 'digest',
    day: '2026-01-16',
    groups: [
      {
        kind: 'booking_created',
        count: 12,
        entries: [
          {
            at: '2026-01-15T15:30:00.000Z',
            message: 'John Doe a réservé un rendez-vous "Découverte" le 16/01/2026 16:30:00',
          },
        ],
      },
      {
        kind: 'connection_broken',
        count: 1,
        entries: [{ at: '2026-01-15T18:00:00.000Z', message: 'Le compte Calendly doit être reconnecté.' }],
      },
    ],
  },
} satisfies Record<string, MailModel>;

export function sampleOf(model: MailModel): KeptMail {
  return { model, organization: { name: 'ArchiMeuble', timeZone: 'Europe/Paris' } };
}
