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
export const deliveryRejected = defineProblem('delivery/rejected', 'conflict', {
  fr: 'Cette notification a été refusée : elle ne se rejoue pas, sa signature peut être vérifiée à nouveau',
  en: 'This delivery was refused: it is not replayed, its signature can be checked again',
});
export const deliveryNotRejected = defineProblem('delivery/not-rejected', 'conflict', {
  fr: 'Cette notification n’est pas refusée : il n’y a rien à vérifier à nouveau',
  en: 'This delivery is not refused: there is nothing to check again',
});
export const deliveryEvidenceGone = defineProblem('delivery/evidence-gone', 'conflict', {
  fr: 'Ce qui a été envoyé n’est pas conservé : la signature ne peut plus être vérifiée',
  en: 'What was sent is not kept: its signature cannot be checked any more',
});
export const deliveryConnectionEnded = defineProblem('delivery/connection-ended', 'conflict', {
  fr: 'La connexion n’est plus active : reconnectez le compte, puis vérifiez à nouveau',
  en: 'The connection is no longer active: connect the account again, then check once more',
});
export const replayNotFound = defineProblem('delivery/replay-not-found', 'not-found', {
  fr: 'Rejeu introuvable',
  en: 'Replay not found',
});
