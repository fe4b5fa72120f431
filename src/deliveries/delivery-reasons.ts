import type { SealFault } from '../bookings/index.js';
import type { Bilingual } from '../platform/errors/problem.js';
import type { BookingEffect, Delivery, SignedWith } from './delivery.js';

const EFFECTS: Record<BookingEffect, Bilingual> = {
  created: { fr: 'Un rendez-vous inconnu jusque-là a été enregistré.', en: 'A booking not known before was recorded.' },
  changed: { fr: 'Un rendez-vous connu a changé.', en: 'A known booking changed.' },
  unchanged: {
    fr: 'Tout était déjà connu, par une lecture du compte ou une notification précédente.',
    en: 'All of it was known already, from a reading of the account or an earlier delivery.',
  },
};

const REFUSED: Bilingual = {
  fr: 'Elle a été refusée à la réception (401) : rien n’en a été lu.',
  en: 'It was refused when it came in (401): nothing of it was read.',
};

const REASONS: Readonly<Record<string, Bilingual>> = {
  paused: {
    fr: 'La connexion était en pause ; la lecture qui suit la pause retrouve ce qui a eu lieu.',
    en: 'The connection was paused; the reading that follows finds what happened meanwhile.',
  },
  repeated: {
    fr: 'La même livraison était déjà arrivée ; celle-ci n’ajoute rien.',
    en: 'The same delivery had come in before; this one adds nothing.',
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
  if (state === 'rejected') return REFUSED;
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

const FAULTS: Readonly<Record<string, Bilingual>> = {
  'signature-missing': {
    fr: 'Elle est arrivée sans signature : rien ne dit qu’elle vient du fournisseur.',
    en: 'It came without a signature: nothing says that it is the provider’s.',
  },
  'signature-malformed': {
    fr: 'L’en-tête de signature n’a pas la forme que le fournisseur documente.',
    en: 'The signature header does not have the form that the provider documents.',
  },
  'signature-stale': {
    fr: 'L’horodatage de la signature est trop loin de l’heure d’ici : un vieil envoi répété, ou une horloge déréglée.',
    en: 'The time of the signature is too far from the time here: an old delivery sent again, or a clock that is wrong.',
  },
  'signature-wrong': {
    fr: 'La signature ne correspond à aucune clé de cette connexion : le contenu a été modifié en route, ou la clé connue ici n’est pas celle du fournisseur.',
    en: 'The signature matches no key of this connection: the body was changed on its way, or the key known here is not the provider’s.',
  },
};

const SIGNED: Record<SignedWith, Bilingual> = {
  connection: {
    fr: 'La signature HMAC-SHA256 des octets reçus correspond à la clé de cette connexion.',
    en: 'The HMAC-SHA256 signature over the bytes received matches the key of this connection.',
  },
  application: {
    fr: 'La signature HMAC-SHA256 des octets reçus correspond à la clé de signature de l’application.',
    en: 'The HMAC-SHA256 signature over the bytes received matches the signing key of the application.',
  },
  none: {
    fr: 'Elle est arrivée sans signature, ce que la configuration de ce serveur permet.',
    en: 'It came without a signature, which the configuration of this server allows.',
  },
};

const RECHECKED: Bilingual = {
  fr: 'Refusée à la réception, puis vérifiée à nouveau.',
  en: 'Refused when it came in, then checked again.',
};

/** What the check of its signature came to, in a sentence or two. */
export function explainSignature({
  state,
  error_code: code,
  signed_with: by,
  rechecked_at: again,
}: Delivery): Bilingual {
  if (state === 'rejected') return FAULTS[code ?? ''] ?? REFUSED;
  if (by === null) {
    return {
      fr: 'Sa signature a été acceptée à la réception ; la version d’alors ne notait pas avec quelle clé.',
      en: 'Its signature was accepted when it came in; the version of then did not note with which key.',
    };
  }
  if (again === null) return SIGNED[by];
  return { fr: `${RECHECKED.fr} ${SIGNED[by].fr}`, en: `${RECHECKED.en} ${SIGNED[by].en}` };
}

/** What another look at the signature came to. */
export function explainRecheck(outcome: 'accepted' | 'repeated' | SealFault): Bilingual {
  if (outcome === 'accepted') {
    return {
      fr: 'La signature est bonne avec les clés d’aujourd’hui : la livraison est acceptée et traitée comme les autres.',
      en: 'The signature is right with the keys of today: the delivery is accepted and worked through like any other.',
    };
  }
  if (outcome === 'repeated') {
    return {
      fr: 'La signature est bonne, et la même livraison était déjà arrivée : il n’y a rien de plus à faire.',
      en: 'The signature is right, and the same delivery had come in before: there is nothing more to do.',
    };
  }
  if (outcome === 'stale') {
    return {
      fr: 'Toujours refusée : elle a été signée il y a plus longtemps que les contenus ne sont conservés (RETENTION_BODY_DAYS), ou dans l’avenir.',
      en: 'Still refused: it was signed longer ago than bodies are kept (RETENTION_BODY_DAYS), or in the future.',
    };
  }
  const fault = FAULTS[`signature-${outcome}`] ?? REFUSED;
  return {
    fr: `Toujours refusée avec les clés d’aujourd’hui. ${fault.fr}`,
    en: `Still refused with the keys of today. ${fault.en}`,
  };
}
