import type { Bilingual } from '../platform/errors/problem.js';
import type { BookingEffect, Delivery } from './delivery.js';

const EFFECTS: Record<BookingEffect, Bilingual> = {
  created: { fr: 'Un rendez-vous inconnu jusque-là a été enregistré.', en: 'A booking not known before was recorded.' },
  changed: { fr: 'Un rendez-vous connu a changé.', en: 'A known booking changed.' },
  unchanged: {
    fr: 'Tout était déjà connu, par une lecture du compte ou une notification précédente.',
    en: 'All of it was known already, from a reading of the account or an earlier delivery.',
  },
};

const REASONS: Readonly<Record<string, Bilingual>> = {
  paused: {
    fr: 'La connexion était en pause ; la lecture qui suit la pause retrouve ce qui a eu lieu.',
    en: 'The connection was paused; the reading that follows finds what happened meanwhile.',
  },
  'event-unknown': {
    fr: 'Cette sorte d’événement ne nous concerne pas.',
    en: 'This kind of event is nothing to us.',
  },
  'booking-unknown': {
    fr: 'L’annulation ne nomme aucun rendez-vous et la personne n’en a aucun à annuler.',
    en: 'The cancellation names no booking, and the person has none to cancel.',
  },
  'absence-early': {
    fr: 'Une absence à un rendez-vous encore inconnu ; la lecture du compte, demandée aussitôt, trouve les deux.',
    en: 'An absence from a booking not known yet; the reading of the account, asked for at once, finds both.',
  },
  'envelope-malformed': {
    fr: 'Le contenu n’a pas la forme que le fournisseur documente.',
    en: 'The body does not have the form that the provider documents.',
  },
  'payload-malformed': {
    fr: 'Il manque à l’événement ce que le fournisseur documente.',
    en: 'The event lacks what the provider documents.',
  },
  'address-foreign': {
    fr: 'L’événement désigne une adresse qui n’est pas celle du fournisseur ; rien n’y a été appelé.',
    en: 'The event names an address that is not the provider’s; nothing was called there.',
  },
  'job/crash-loop': {
    fr: 'Son traitement a mis fin au processus à plusieurs reprises ; il a été mis de côté.',
    en: 'Working through it ended the process several times; it was put aside.',
  },
};

/** Why a delivery ended as it did, in a sentence. */
export function explainDelivery({ state, error_code: code, booking_effect: effect }: Delivery): Bilingual {
  if (state === 'received') {
    return { fr: 'Elle attend d’être traitée.', en: 'It waits to be worked through.' };
  }
  if (code !== null) {
    return (
      REASONS[code] ?? {
        fr: `Le traitement a échoué à plusieurs reprises (${code}).`,
        en: `Working through it failed again and again (${code}).`,
      }
    );
  }
  return effect ? EFFECTS[effect] : { fr: 'Elle a été traitée.', en: 'It was worked through.' };
}
