import { defineProblem } from '../platform/errors/problem.js';

export const webhookNotFound = defineProblem('webhook/not-found', 'not-found', {
  fr: 'Webhook introuvable',
  en: 'Webhook not found',
});
export const webhookDeliveryNotFound = defineProblem('webhook/delivery-not-found', 'not-found', {
  fr: 'Envoi de webhook introuvable',
  en: 'Webhook delivery not found',
});
export const webhookUrlRefused = defineProblem('webhook/url-refused', 'invalid', {
  fr: 'Cette adresse ne peut pas recevoir de webhooks',
  en: 'This address cannot receive webhooks',
});
export const webhookLimitReached = defineProblem('webhook/limit-reached', 'conflict', {
  fr: 'Le nombre de webhooks d’une organisation est limité',
  en: 'An organization may have only so many webhooks',
});
export const webhookDisabled = defineProblem('webhook/disabled', 'conflict', {
  fr: 'Ce webhook est désactivé',
  en: 'This webhook is disabled',
});
