import { type Bilingual, Problem, type ProblemDefinition } from '../platform/errors/problem.js';
import {
  consentDenied,
  providerAccessRefused,
  providerCodeRefused,
  providerContract,
  providerForbidden,
  providerMisconfigured,
  providerPlan,
  providerRateLimited,
  providerReauthorize,
  providerScopeMissing,
  providerTimeout,
  providerUnavailable,
  providerUnexpected,
  providerWithdrawn,
} from './integrations.problems.js';
import type { ProviderFailure } from './provider-error.js';
import type { OAuthProvider } from './provider.js';

/** While connecting, a refused grant is a refused code; afterwards it is an account to connect again. */
export type ProviderMoment = 'connecting' | 'connected';

/** What a provider's failure means to the person who waits for it: the cause, and what can be done. */
export function toProviderProblem(
  provider: Pick<OAuthProvider, 'displayName'>,
  failure: ProviderFailure,
  moment: ProviderMoment = 'connected',
  cause?: unknown,
): Problem {
  const name = provider.displayName;
  const problem = (definition: ProblemDefinition, detail: Bilingual, retryAfterSeconds?: number) =>
    new Problem(definition, { detail, retryAfterSeconds, cause });

  switch (failure.kind) {
    case 'reauthorize':
      return moment === 'connecting'
        ? problem(providerCodeRefused, {
            fr: `${name} a refusé le code d’autorisation : il a expiré ou a déjà servi. Recommencez la connexion.`,
            en: `${name} refused the authorization code: it has expired or was used already. Start the connection again.`,
          })
        : problem(providerReauthorize, {
            fr: `${name} ne donne plus accès à ce compte. Reconnectez-le dans les réglages.`,
            en: `${name} no longer gives access to this account. Reconnect it in the settings.`,
          });
    case 'unauthorized':
      return problem(providerAccessRefused, {
        fr: `${name} refuse le jeton d’accès, même renouvelé. Réessayez ; si cela dure, reconnectez le compte.`,
        en: `${name} refuses the access token, even a renewed one. Try again; if it lasts, reconnect the account.`,
      });
    case 'insufficient-scope':
      return problem(providerScopeMissing, {
        fr: `${name} n’a pas reçu votre accord pour : ${failure.missing.join(', ')}. Reconnectez le compte en cochant ces autorisations.`,
        en: `${name} was not allowed: ${failure.missing.join(', ')}. Reconnect the account and tick these permissions.`,
      });
    case 'forbidden':
      return problem(providerForbidden, {
        fr: `${name} interdit cette action à ce compte (${failure.reason}). Demandez à son administrateur chez ${name}.`,
        en: `${name} forbids this to the account (${failure.reason}). Ask its administrator at ${name}.`,
      });
    case 'plan':
      return problem(providerPlan, {
        fr: `L’abonnement ${name} de ce compte ne comprend pas cette fonction (${failure.reason}). Il faut un abonnement supérieur.`,
        en: `The ${name} plan of this account does not include this feature (${failure.reason}). A higher plan is needed.`,
      });
    case 'rate-limited':
      return problem(
        providerRateLimited,
        {
          fr: `${name} a reçu trop de demandes de notre part. Réessayez dans quelques minutes.`,
          en: `${name} has received too many requests from us. Try again in a few minutes.`,
        },
        secondsUntil(failure.retryAt),
      );
    case 'temporary':
      return problem(
        providerUnavailable,
        {
          fr: `${name} est injoignable ou en panne pour le moment. Réessayez dans quelques minutes.`,
          en: `${name} cannot be reached or is failing for the moment. Try again in a few minutes.`,
        },
        failure.retryAt && secondsUntil(failure.retryAt),
      );
    case 'timeout':
      return problem(providerTimeout, {
        fr: `${name} n’a pas répondu en dix secondes. Réessayez dans quelques minutes.`,
        en: `${name} did not answer within ten seconds. Try again in a few minutes.`,
      });
    case 'contract':
      return problem(providerContract, {
        fr: `La réponse de ${name} n’a pas la forme documentée, rien n’a été enregistré. Signalez-le à l’administrateur de ce serveur.`,
        en: `The answer of ${name} does not have the documented form, nothing was stored. Tell the administrator of this server.`,
      });
    case 'misconfigured':
      return problem(providerMisconfigured, {
        fr: `${name} ne reconnaît pas cette application. L’administrateur du serveur doit vérifier : ${failure.variable}.`,
        en: `${name} does not recognise this application. The administrator of this server should check: ${failure.variable}.`,
      });
    case 'withdrawn':
      return problem(providerWithdrawn, {
        fr: `${name} ne propose plus ce mode de connexion. L’administrateur du serveur peut en choisir un autre : ${failure.alternatives}. Rien de ce qui est enregistré n’est perdu.`,
        en: `${name} no longer offers this way of connecting. The administrator of the server can choose another: ${failure.alternatives}. Nothing that is stored is lost.`,
      });
    case 'denied':
      return problem(consentDenied, {
        fr: `L’accès a été refusé sur la page de ${name}. Recommencez si ce n’était pas voulu.`,
        en: `Access was denied on the page of ${name}. Start again if that was not intended.`,
      });
    case 'cursor-expired':
    case 'gone':
    case 'changed':
    case 'unexpected':
      return problem(providerUnexpected, {
        fr: `${name} a répondu d’une façon imprévue. Réessayez ; si cela dure, prévenez l’administrateur de ce serveur.`,
        en: `${name} answered in an unforeseen way. Try again; if it lasts, tell the administrator of this server.`,
      });
  }
}

function secondsUntil(instant: Date): number {
  return Math.max(1, Math.ceil((instant.getTime() - Date.now()) / 1_000));
}
