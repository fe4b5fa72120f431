import type { Bilingual } from '../platform/errors/problem.js';

type Sentence = (provider: string) => Bilingual;

/**
 * Why a connection is as it is: each code with a sentence that names the cause and what to do about it. The kinds of
 * `ProviderFailure` are codes too; those without a sentence of their own are told as `unexpected`.
 */
const STATUS_REASONS = {
  revoked: (provider) => ({
    fr: `L’accès a été retiré chez ${provider}, ou a expiré. Reconnectez le compte.`,
    en: `Access was withdrawn at ${provider}, or has expired. Reconnect the account.`,
  }),
  testing_grant_expired: (provider) => ({
    fr: `L’accès ${provider} s’est éteint sept jours après l’accord : l’application Google est sans doute encore « en test ». Reconnectez le compte, et faites publier l’application par l’administrateur de ce serveur.`,
    en: `The ${provider} access ended seven days after consent: the Google application is probably in “Testing”. Reconnect the account, and have the administrator of this server publish the application.`,
  }),
  rotation_response_lost: (provider) => ({
    fr: `Un renouvellement de l’accès ${provider} a été interrompu et sa réponse est perdue. Reconnectez le compte ; rien d’autre n’est perdu.`,
    en: `A renewal of the ${provider} access was interrupted and its answer is lost. Reconnect the account; nothing else is lost.`,
  }),
  access_expired: (provider) => ({
    fr: `L’accès ${provider} a expiré et ne peut pas être renouvelé. Reconnectez le compte.`,
    en: `The ${provider} access has expired and cannot be renewed. Reconnect the account.`,
  }),
  tokens_unreadable: (provider) => ({
    fr: `Les jetons ${provider} enregistrés ne sont plus lisibles. Reconnectez le compte et prévenez l’administrateur de ce serveur.`,
    en: `The stored ${provider} tokens can no longer be read. Reconnect the account and tell the administrator of this server.`,
  }),
  'insufficient-scope': (provider) => ({
    fr: `Une autorisation nécessaire n’a pas été accordée chez ${provider}. Reconnectez le compte en cochant toutes les autorisations.`,
    en: `A permission that is needed was not granted at ${provider}. Reconnect the account and tick all permissions.`,
  }),
  misconfigured: (provider) => ({
    fr: `${provider} ne reconnaît plus cette application. L’administrateur du serveur doit vérifier l’identifiant et le secret du client.`,
    en: `${provider} no longer recognises this application. The administrator of the server should check the client id and secret.`,
  }),
  withdrawn: (provider) => ({
    fr: `${provider} a mis fin au mode de connexion de ce serveur. L’administrateur du serveur doit en configurer un autre, puis le compte se reconnecte ; rien de ce qui est enregistré n’est perdu.`,
    en: `${provider} has ended the way in which this server connects. The administrator of the server must configure another, then the account is connected again; nothing that is stored is lost.`,
  }),
  temporary: (provider) => ({
    fr: `${provider} est en panne ou injoignable. La lecture reprendra d’elle-même.`,
    en: `${provider} is failing or cannot be reached. Reading will resume by itself.`,
  }),
  timeout: (provider) => ({
    fr: `${provider} ne répond pas à temps. La lecture reprendra d’elle-même.`,
    en: `${provider} does not answer in time. Reading will resume by itself.`,
  }),
  unauthorized: (provider) => ({
    fr: `${provider} refuse les jetons d’accès, même renouvelés. La lecture sera réessayée ; si cela dure, reconnectez le compte.`,
    en: `${provider} refuses the access tokens, even renewed ones. Reading will be tried again; if it lasts, reconnect the account.`,
  }),
  'rate-limited': (provider) => ({
    fr: `${provider} limite le nombre de demandes. La lecture reprendra d’elle-même.`,
    en: `${provider} limits the number of requests. Reading will resume by itself.`,
  }),
  forbidden: (provider) => ({
    fr: `${provider} interdit la lecture de ce compte. Demandez à son administrateur chez ${provider}.`,
    en: `${provider} forbids reading this account. Ask its administrator at ${provider}.`,
  }),
  plan: (provider) => ({
    fr: `L’abonnement ${provider} ne comprend pas les webhooks. Le compte est lu à intervalles réguliers.`,
    en: `The ${provider} plan does not include webhooks. The account is read at regular intervals.`,
  }),
  gone: (provider) => ({
    fr: `L’agenda choisi n’existe plus chez ${provider}, ou n’est plus partagé avec ce compte. Choisissez-en un autre.`,
    en: `The chosen calendar no longer exists at ${provider}, or is no longer shared with this account. Choose another.`,
  }),
  contract: (provider) => ({
    fr: `Les réponses de ${provider} ne sont pas celles de sa documentation. Prévenez l’administrateur de ce serveur.`,
    en: `The answers of ${provider} are not those of its documentation. Tell the administrator of this server.`,
  }),
  unexpected: (provider) => ({
    fr: `${provider} a répondu d’une façon imprévue. La lecture sera réessayée ; si cela dure, prévenez l’administrateur de ce serveur.`,
    en: `${provider} answered in an unforeseen way. Reading will be tried again; if it lasts, tell the administrator of this server.`,
  }),
  disconnected_by_user: (provider) => ({
    fr: `Le compte ${provider} a été déconnecté ici. L’historique est conservé.`,
    en: `The ${provider} account was disconnected here. Its history is kept.`,
  }),
  not_configured: (provider) => ({
    fr: `${provider} n’est pas configuré sur ce serveur. L’administrateur doit renseigner ses variables.`,
    en: `${provider} is not configured on this server. The administrator must set its variables.`,
  }),
} satisfies Record<string, Sentence>;

/** The reason as programs read it: one stable word, whatever the language of the sentence. */
export function statusCode(reason: string | null): string | null {
  return reason === 'contract' ? 'provider_contract' : (reason?.replaceAll('-', '_') ?? null);
}

/** The sentence for a stored reason; null when there is nothing to explain. */
export function explainStatus(reason: string | null, providerName: string): Bilingual | null {
  if (reason === null) return null;
  const known = Object.entries<Sentence>(STATUS_REASONS).find(([code]) => code === reason);
  const sentence = known?.[1] ?? STATUS_REASONS.unexpected;
  return sentence(providerName);
}
