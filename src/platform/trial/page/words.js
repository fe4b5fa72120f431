// Everything the page says by itself. What the server says comes in the language that is asked for.

const WORDS = {
  fr: {
    trial: 'page d’essai',
    signIn: 'Se connecter',
    signOut: 'Se déconnecter',
    demoHint: 'Le compte de démonstration est déjà rempli : il n’y a qu’à entrer.',
    email: 'Adresse e-mail',
    password: 'Mot de passe',
    newPassword: 'Mot de passe (10 caractères au moins)',
    noAccount: 'Pas encore de compte ?',
    organization: 'Organisation',
    yourName: 'Votre nom',
    register: 'Créer le compte',
    synchronise: 'Synchroniser',
    connect: 'Connecter Calendly',
    reconnect: 'Reconnecter Calendly',
    disconnect: 'Déconnecter',
    nowTry: 'Et maintenant',
    tryConnect: 'Connectez Calendly : c’est un bac à sable, aucun compte n’est nécessaire.',
    tryBook: 'Réservez un rendez-vous dans le bac à sable',
    tryWatch: 'Regardez le prospect, sa note et la notification arriver ici.',
    prospects: 'Prospects',
    noProspects: 'Personne encore. Une réservation fait apparaître la personne ici.',
    nameless: 'Sans nom',
    created: 'nouveau',
    updated: 'modifié',
    notifications: 'Notifications',
    noNotifications: 'Rien à signaler pour l’instant.',
    readAll: 'Tout marquer lu',
    unread: 'non lue',
    apiDocs: 'Documentation de l’API',
    otherLanguage: 'English',
    account: 'Compte',
    lastSync: 'Dernière lecture',
    never: 'jamais',
    delivery: 'Arrivée',
    deliveryWebhook: 'en temps réel (webhook)',
    deliveryPolling: 'lecture toutes les {minutes} min',
    status_connected: 'Connecté',
    status_needs_reauth: 'À reconnecter',
    status_error: 'En difficulté',
    status_disconnected: 'Déconnecté',
    status_not_configured: 'Non configuré',
    live_on: 'En direct',
    live_reconnecting: 'Reconnexion…',
    live_off: 'Hors ligne',
    sync_queued: 'Lecture demandée…',
    sync_running: 'Lecture en cours : {listed} rendez-vous vus, {created} nouveaux, {updated} modifiés',
    sync_succeeded: 'Lecture terminée : {listed} rendez-vous vus, {created} nouveaux, {updated} modifiés',
    sync_failed: 'La lecture n’a pas abouti',
    sync_needs_approval: 'La lecture attend une approbation',
    sync_canceled: 'Lecture annulée',
    heardCreated: 'Nouveau prospect : {name}',
    heardUpdated: 'Prospect modifié : {name}',
    heardDeleted: 'Un prospect a été effacé',
    request: 'Requête {id}',
    close: 'Fermer',
    unreachable: 'Le serveur ne répond pas',
    unreachableDetail: 'Vérifiez qu’il tourne encore, puis réessayez.',
    unreadable: 'Réponse inattendue du serveur',
    sessionOver: 'Votre session est terminée : connectez-vous à nouveau.',
    connecting: 'Connexion en cours…',
    connectedAs: 'Calendly est connecté : {email}',
    refused: 'La connexion n’a pas abouti',
    nothingToFinish: 'Il n’y a aucune connexion à terminer ici.',
    noSession: 'Personne n’est connecté dans cet onglet',
    noSessionDetail: 'Connectez-vous à Passerelle, puis recommencez la connexion de Calendly.',
    back: 'Retour à la page d’essai',
  },
  en: {
    trial: 'trial page',
    signIn: 'Sign in',
    signOut: 'Sign out',
    demoHint: 'The demo account is filled in already: just go in.',
    email: 'E-mail address',
    password: 'Password',
    newPassword: 'Password (at least 10 characters)',
    noAccount: 'No account yet?',
    organization: 'Organization',
    yourName: 'Your name',
    register: 'Create the account',
    synchronise: 'Synchronise',
    connect: 'Connect Calendly',
    reconnect: 'Reconnect Calendly',
    disconnect: 'Disconnect',
    nowTry: 'What now',
    tryConnect: 'Connect Calendly: it is a sandbox, no account is needed.',
    tryBook: 'Book an appointment in the sandbox',
    tryWatch: 'Watch the prospect, the note and the notification arrive here.',
    prospects: 'Prospects',
    noProspects: 'Nobody yet. A booking makes the person appear here.',
    nameless: 'No name',
    created: 'new',
    updated: 'changed',
    notifications: 'Notifications',
    noNotifications: 'Nothing to tell so far.',
    readAll: 'Mark all as read',
    unread: 'unread',
    apiDocs: 'API documentation',
    otherLanguage: 'Français',
    account: 'Account',
    lastSync: 'Last reading',
    never: 'never',
    delivery: 'Delivery',
    deliveryWebhook: 'in real time (webhook)',
    deliveryPolling: 'read every {minutes} min',
    status_connected: 'Connected',
    status_needs_reauth: 'Needs reconnecting',
    status_error: 'In trouble',
    status_disconnected: 'Disconnected',
    status_not_configured: 'Not configured',
    live_on: 'Live',
    live_reconnecting: 'Reconnecting…',
    live_off: 'Offline',
    sync_queued: 'Reading requested…',
    sync_running: 'Reading: {listed} appointments seen, {created} new, {updated} changed',
    sync_succeeded: 'Reading finished: {listed} appointments seen, {created} new, {updated} changed',
    sync_failed: 'The reading did not succeed',
    sync_needs_approval: 'The reading awaits an approval',
    sync_canceled: 'Reading canceled',
    heardCreated: 'New prospect: {name}',
    heardUpdated: 'Prospect changed: {name}',
    heardDeleted: 'A prospect was erased',
    request: 'Request {id}',
    close: 'Close',
    unreachable: 'The server does not answer',
    unreachableDetail: 'Check that it is still running, then try again.',
    unreadable: 'Unexpected answer from the server',
    sessionOver: 'Your session is over: sign in again.',
    connecting: 'Connecting…',
    connectedAs: 'Calendly is connected: {email}',
    refused: 'The connection was not made',
    nothingToFinish: 'There is no connection to finish here.',
    noSession: 'Nobody is signed in in this tab',
    noSessionDetail: 'Sign in to Passerelle, then start connecting Calendly again.',
    back: 'Back to the trial page',
  },
};

const KEY = 'passerelle.language';

let current = localStorage.getItem(KEY) === 'en' ? 'en' : 'fr';

export const language = () => current;

export function switchLanguage() {
  current = current === 'fr' ? 'en' : 'fr';
  localStorage.setItem(KEY, current);
}

export function say(key, values = {}) {
  return (WORDS[current][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

export const knows = (key) => Object.hasOwn(WORDS[current], key);

/** Puts the words of the current language into everything that names its own. */
export function translate() {
  document.documentElement.lang = current;
  for (const element of document.querySelectorAll('[data-word]')) element.textContent = say(element.dataset.word);
}

export function sayTime(instant) {
  return new Intl.DateTimeFormat(current, { dateStyle: 'short', timeStyle: 'medium' }).format(new Date(instant));
}
