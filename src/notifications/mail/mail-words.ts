import type { Locale } from '../../platform/errors/problem.js';
import type { BookingMail, MeetingKind } from './mail-model.js';
import type { NotificationKind } from '../notification-kind.js';

/** Everything a mail says of its own. French puts a space before its colon; it cannot be left at the end of a line. */
export interface MailWords {
  colon: string;
  hello: string;
  regards: string;
  sender: (organization: string) => string;
  why: string;
  meetings: Record<MeetingKind, string>;
  labels: {
    meeting: string;
    event: string;
    client: string;
    email: string;
    phone: string;
    when: string;
    formerly: string;
    now: string;
    zone: string;
    clientTime: string;
    place: string;
    join: string;
    configuration: string;
    notes: string;
    reason: string;
    account: string;
    cause: string;
  };
  unnamedEvent: string;
  unknownHour: string;
  booking: Record<BookingMail['change'], BookingWords>;
  bookedAndCanceled: (provider: string) => string;
  canceledByHost: (provider: string) => string;
  broken: { subject: (provider: string) => string; intro: (provider: string) => string; meanwhile: string };
  recovered: { subject: (provider: string) => string; intro: (provider: string) => string };
  reconnect: string;
  open: string;
  digest: {
    subject: (day: string) => string;
    intro: (count: number) => string;
    kinds: Record<NotificationKind, string>;
    more: (count: number) => string;
  };
  calendarFile: string;
  calendarCanceled: string;
}

export interface BookingWords {
  /** `what` is what the mail is about: the event, and an hour where that makes two mails different. */
  subject: (provider: string, organization: string, what: string) => string;
  intro: (provider: string) => string;
  advice: string | null;
}

export const MAIL_WORDS: Record<Locale, MailWords> = {
  fr: {
    colon: '\u00a0:',
    hello: 'Bonjour,',
    regards: 'Cordialement,',
    sender: (organization) => `Passerelle, pour ${organization}`,
    why: 'Vous recevez ce message parce que cette adresse est choisie dans les réglages des notifications.',
    meetings: { phone: 'Téléphonique', video: 'Visio', on_site: 'Sur place' },
    labels: {
      meeting: 'Type de consultation',
      event: 'Rendez-vous',
      client: 'Client',
      email: 'E-mail',
      phone: 'Téléphone',
      when: 'Date et heure',
      formerly: 'Ancien horaire',
      now: 'Nouvel horaire',
      zone: 'Fuseau horaire',
      clientTime: 'Heure du client',
      place: 'Lieu',
      join: 'Lien de visio',
      configuration: 'Lien de configuration',
      notes: 'Notes supplémentaires',
      reason: 'Motif',
      account: 'Compte',
      cause: 'Cause',
    },
    unnamedEvent: 'Rendez-vous',
    unknownHour: 'pas encore connu',
    booking: {
      created: {
        subject: (provider, organization, what) => `Nouveau RDV ${provider} - ${organization} : ${what}`,
        intro: (provider) => `Un nouveau rendez-vous a été pris sur ${provider}.`,
        advice: 'Pensez à vous préparer pour cet entretien et à vérifier votre agenda.',
      },
      moved: {
        subject: (provider, organization, what) => `RDV ${provider} déplacé - ${organization} : ${what}`,
        intro: (provider) => `Un rendez-vous pris sur ${provider} a été déplacé.`,
        advice: 'Pensez à vérifier votre agenda.',
      },
      canceled: {
        subject: (provider, organization, what) => `RDV ${provider} annulé - ${organization} : ${what}`,
        intro: (provider) => `Un rendez-vous pris sur ${provider} a été annulé par le client.`,
        advice: null,
      },
      no_show: {
        subject: (_provider, organization, what) => `Absence signalée - ${organization} : ${what}`,
        intro: (provider) => `Sur ${provider}, ce rendez-vous est marqué comme manqué par le client.`,
        advice: null,
      },
    },
    bookedAndCanceled: (provider) => `Un rendez-vous a été pris puis annulé sur ${provider}.`,
    canceledByHost: (provider) => `Un rendez-vous pris sur ${provider} a été annulé de votre côté.`,
    broken: {
      subject: (provider) => `Connexion ${provider} à rétablir`,
      intro: (provider) => `Passerelle ne peut plus lire le compte ${provider}.`,
      meanwhile:
        'Tant que la connexion n’est pas rétablie, les nouveaux rendez-vous n’arrivent plus. L’historique est conservé et ce qui manque sera rattrapé.',
    },
    recovered: {
      subject: (provider) => `Connexion ${provider} rétablie`,
      intro: (provider) => `Le compte ${provider} est de nouveau lu ; ce qui manquait est rattrapé.`,
    },
    reconnect: 'Reconnecter le compte',
    open: 'Ouvrir l’application',
    digest: {
      subject: (day) => `Résumé du ${day}`,
      intro: (count) =>
        count > 1 ? `${count} nouvelles depuis le dernier résumé.` : 'Une nouvelle depuis le dernier résumé.',
      kinds: {
        booking_created: 'Nouveaux rendez-vous',
        booking_moved: 'Rendez-vous déplacés',
        booking_canceled: 'Rendez-vous annulés',
        booking_no_show: 'Absences',
        connection_broken: 'Connexions interrompues',
        connection_recovered: 'Connexions rétablies',
        import_finished: 'Imports',
        sync_needs_approval: 'Synchronisations à approuver',
        dead_letters: 'Traitements abandonnés',
        other: 'Autres nouvelles',
      },
      more: (count) => `et ${count} de plus`,
    },
    calendarFile: 'rendez-vous.ics',
    calendarCanceled: 'Annulé',
  },
  en: {
    colon: ':',
    hello: 'Hello,',
    regards: 'Kind regards,',
    sender: (organization) => `Passerelle, for ${organization}`,
    why: 'You receive this message because this address is chosen in the notification settings.',
    meetings: { phone: 'Phone call', video: 'Video call', on_site: 'On site' },
    labels: {
      meeting: 'Kind of meeting',
      event: 'Appointment',
      client: 'Client',
      email: 'E-mail',
      phone: 'Phone',
      when: 'Date and time',
      formerly: 'Former time',
      now: 'New time',
      zone: 'Time zone',
      clientTime: 'Client’s time',
      place: 'Place',
      join: 'Video link',
      configuration: 'Configuration link',
      notes: 'Further notes',
      reason: 'Reason',
      account: 'Account',
      cause: 'Cause',
    },
    unnamedEvent: 'Appointment',
    unknownHour: 'not known yet',
    booking: {
      created: {
        subject: (provider, organization, what) => `New ${provider} appointment - ${organization}: ${what}`,
        intro: (provider) => `A new appointment was booked on ${provider}.`,
        advice: 'Remember to prepare for it and to check your calendar.',
      },
      moved: {
        subject: (provider, organization, what) => `${provider} appointment moved - ${organization}: ${what}`,
        intro: (provider) => `An appointment booked on ${provider} was moved.`,
        advice: 'Remember to check your calendar.',
      },
      canceled: {
        subject: (provider, organization, what) => `${provider} appointment canceled - ${organization}: ${what}`,
        intro: (provider) => `An appointment booked on ${provider} was canceled by the client.`,
        advice: null,
      },
      no_show: {
        subject: (_provider, organization, what) => `No-show - ${organization}: ${what}`,
        intro: (provider) => `On ${provider}, this appointment is marked as missed by the client.`,
        advice: null,
      },
    },
    bookedAndCanceled: (provider) => `An appointment was booked and then canceled on ${provider}.`,
    canceledByHost: (provider) => `An appointment booked on ${provider} was canceled on your side.`,
    broken: {
      subject: (provider) => `${provider} connection needs attention`,
      intro: (provider) => `Passerelle can no longer read the ${provider} account.`,
      meanwhile:
        'Until the connection is restored, new appointments do not arrive. The history is kept and what is missing will be caught up.',
    },
    recovered: {
      subject: (provider) => `${provider} connection restored`,
      intro: (provider) => `The ${provider} account is being read again; what was missed is caught up.`,
    },
    reconnect: 'Reconnect the account',
    open: 'Open the application',
    digest: {
      subject: (day) => `Summary of ${day}`,
      intro: (count) => `${count === 1 ? 'One item' : `${count} items`} since the last summary.`,
      kinds: {
        booking_created: 'New appointments',
        booking_moved: 'Moved appointments',
        booking_canceled: 'Canceled appointments',
        booking_no_show: 'No-shows',
        connection_broken: 'Broken connections',
        connection_recovered: 'Restored connections',
        import_finished: 'Imports',
        sync_needs_approval: 'Synchronisations to approve',
        dead_letters: 'Work that was given up',
        other: 'Other news',
      },
      more: (count) => `and ${count} more`,
    },
    calendarFile: 'appointment.ics',
    calendarCanceled: 'Canceled',
  },
};
