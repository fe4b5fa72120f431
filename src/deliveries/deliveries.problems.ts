import { defineProblem } from '../platform/errors/problem.js';

export const deliveryForged = defineProblem('delivery/signature-invalid', 'unauthenticated', {
  fr: 'La signature de la notification est absente, périmée ou fausse',
  en: 'The delivery’s signature is missing, stale or wrong',
});
export const deliveryAddressUnknown = defineProblem('delivery/address-unknown', 'not-found', {
  fr: 'Aucune connexion ne reçoit de notifications à cette adresse',
  en: 'No connection receives deliveries at this address',
});
export const deliveriesNotConfigured = defineProblem('delivery/not-configured', 'unavailable', {
  fr: 'Aucune clé de signature n’est configurée',
  en: 'No signing key is configured',
});
export const deliveryNotFound = defineProblem('delivery/not-found', 'not-found', {
  fr: 'Notification reçue introuvable',
  en: 'Delivery not found',
});
export const deliveryBodyGone = defineProblem('delivery/body-gone', 'conflict', {
  fr: 'Le contenu de cette notification n’est plus conservé',
  en: 'The body of this delivery is no longer kept',
});
