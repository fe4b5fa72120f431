import type { Finding, Severity } from './finding.js';

type Entry = readonly [severity: Severity, cause: { fr: string; en: string }, repair: { fr: string; en: string }];

/** Everything the doctor can say. `{name}` stands for a value: a count, a variable, a provider; never a person or a secret. */
const FINDINGS = {
  'configuration/invalid': [
    'error',
    { fr: 'La variable {variable} est refusée : {message}.', en: '{variable} {message}.' },
    {
      fr: 'Corrigez {variable} dans l’environnement ou dans .env, puis redémarrez.',
      en: 'Correct {variable} in the environment or in .env, then restart.',
    },
  ],
  'configuration/no-provider': [
    'warning',
    { fr: 'Aucun fournisseur n’est configuré en production.', en: 'No provider is configured in production.' },
    {
      fr: 'Renseignez les variables d’un fournisseur au moins, par exemple {variables}.',
      en: 'Set the variables of at least one provider, for example {variables}.',
    },
  ],
  'configuration/secrets-readable': [
    'warning',
    {
      fr: 'Le fichier de secrets de DATA_DIR est lisible par d’autres comptes de cette machine.',
      en: 'The file of secrets in DATA_DIR can be read by other accounts of this machine.',
    },
    { fr: 'Retirez ces droits : chmod 600 secrets.json.', en: 'Take those rights away: chmod 600 secrets.json.' },
  ],
  'redirect/not-https': [
    'error',
    {
      fr: 'L’adresse de redirection de {provider} est en http : {address}.',
      en: 'The redirect address of {provider} is plain http: {address}.',
    },
    {
      fr: 'Donnez une adresse https à FRONTEND_URL ou à la variable de redirection de {provider}, la même que chez lui.',
      en: 'Give FRONTEND_URL or the redirect variable of {provider} an https address, the same as registered there.',
    },
  ],
  'redirect/elsewhere': [
    'warning',
    {
      fr: 'L’adresse de redirection de {provider} ne mène ni à FRONTEND_URL ni à PUBLIC_URL : {address}.',
      en: 'The redirect address of {provider} leads neither to FRONTEND_URL nor to PUBLIC_URL: {address}.',
    },
    {
      fr: 'Vérifiez la variable de redirection de {provider}, ou FRONTEND_URL.',
      en: 'Check the redirect variable of {provider}, or FRONTEND_URL.',
    },
  ],
  'clock/database-differs': [
    'error',
    {
      fr: 'L’horloge de cette machine et celle de la base diffèrent de {seconds} secondes.',
      en: 'The clock of this machine and that of the database differ by {seconds} seconds.',
    },
    { fr: 'Synchronisez les deux machines par NTP.', en: 'Keep both machines in time with NTP.' },
  ],
  'clock/provider-differs': [
    'error',
    {
      fr: 'L’horloge de cette machine et celle de {provider} diffèrent de {seconds} secondes, et des webhooks signés seront refusés.',
      en: 'The clock of this machine and that of {provider} differ by {seconds} seconds, so that signed webhooks will be refused.',
    },
    { fr: 'Synchronisez cette machine par NTP.', en: 'Keep this machine in time with NTP.' },
  ],
  'provider/unreachable': [
    'error',
    {
      fr: '{provider} est injoignable depuis cette machine ({reason}).',
      en: '{provider} cannot be reached from this machine ({reason}).',
    },
    {
      fr: 'Ouvrez la sortie https vers {provider} dans le pare-feu, et vérifiez le DNS.',
      en: 'Open https to {provider} in the firewall, and check the DNS.',
    },
  ],
  'database/unreachable': [
    'error',
    { fr: 'La base de données ne répond pas ({reason}).', en: 'The database does not answer ({reason}).' },
    {
      fr: 'Démarrez PostgreSQL et vérifiez l’adresse, le compte et le mot de passe de DATABASE_URL.',
      en: 'Start PostgreSQL and check address, account and password in DATABASE_URL.',
    },
  ],
  'database/too-old': [
    'error',
    {
      fr: 'PostgreSQL {version} est plus ancien que ce que Passerelle demande.',
      en: 'PostgreSQL {version} is older than what Passerelle needs.',
    },
    { fr: 'Passez à PostgreSQL 18.', en: 'Move to PostgreSQL 18.' },
  ],
  'database/superuser': [
    'warning',
    {
      fr: 'Passerelle se connecte à la base avec un compte qui passe outre à tous les contrôles.',
      en: 'Passerelle connects to the database with a role that overrides all its checks.',
    },
    {
      fr: 'Donnez à DATABASE_URL un compte sans SUPERUSER ni BYPASSRLS.',
      en: 'Give DATABASE_URL a role without SUPERUSER and BYPASSRLS.',
    },
  ],
  'database/one-role': [
    'info',
    {
      fr: 'Passerelle travaille avec le compte propriétaire des tables, qui pourrait lever la séparation des organisations.',
      en: 'Passerelle works with the role that owns the tables, which could lift the wall between organizations.',
    },
    {
      fr: 'Créez un second compte pour DATABASE_URL, et migrez avec le propriétaire par MIGRATION_DATABASE_URL.',
      en: 'Make a second role for DATABASE_URL, and migrate as the owner with MIGRATION_DATABASE_URL.',
    },
  ],
  'database/unguarded': [
    'error',
    {
      fr: 'La séparation des organisations a été levée de {count} tables.',
      en: 'The wall between organizations was taken off {count} tables.',
    },
    {
      fr: 'Remettez ENABLE et FORCE ROW LEVEL SECURITY sur ces tables, en tant que propriétaire.',
      en: 'Put ENABLE and FORCE ROW LEVEL SECURITY back on those tables, as their owner.',
    },
  ],
  'database/migrations-pending': [
    'error',
    {
      fr: 'Il manque {count} migrations à la base.',
      en: '{count} migrations have not been applied to the database.',
    },
    { fr: 'Lancez npm run migrate, ou redémarrez.', en: 'Run npm run migrate, or restart.' },
  ],
  'database/migrations-unknown': [
    'error',
    {
      fr: 'La base a été migrée par une version plus récente de Passerelle.',
      en: 'The database was migrated by a newer version of Passerelle.',
    },
    {
      fr: 'Installez cette version, ou restaurez la sauvegarde d’avant.',
      en: 'Install that version, or restore the backup from before.',
    },
  ],
  'database/connections-short': [
    'warning',
    {
      fr: '{used} connexions sur {most} sont prises à la base.',
      en: '{used} of {most} connections to the database are taken.',
    },
    {
      fr: 'Augmentez max_connections, ou arrêtez des instances.',
      en: 'Raise max_connections, or stop instances.',
    },
  ],
  'database/room-short': [
    'error',
    {
      fr: 'Il reste {percent} % de place sur le disque de la base intégrée.',
      en: '{percent} % of the disk of the embedded database is free.',
    },
    { fr: 'Libérez de la place dans DATA_DIR.', en: 'Make room in DATA_DIR.' },
  ],
  'keys/wrong': [
    'error',
    {
      fr: 'Les données sont chiffrées avec la clé {ids}, qui n’est pas configurée.',
      en: 'The data are encrypted with key {ids}, which is not configured.',
    },
    {
      fr: 'Remettez cette clé dans ENCRYPTION_KEY ou ENCRYPTION_KEYS_PREVIOUS.',
      en: 'Put that key back into ENCRYPTION_KEY or ENCRYPTION_KEYS_PREVIOUS.',
    },
  ],
  'keys/rotation-unfinished': [
    'warning',
    {
      fr: 'Un renouvellement des clés de chiffrement a été interrompu il y a {hours} heures.',
      en: 'A renewal of the encryption keys was broken off {hours} hours ago.',
    },
    { fr: 'Reprenez-le : npm run keys -- rotate.', en: 'Take it up again: npm run keys -- rotate.' },
  ],
  'keys/primary-not-promoted': [
    'warning',
    {
      fr: 'ENCRYPTION_KEY n’est pas la clé promue, qui chiffre.',
      en: 'ENCRYPTION_KEY is not the promoted key, which encrypts.',
    },
    {
      fr: 'Mettez la clé promue dans ENCRYPTION_KEY, ou promouvez celle-ci (npm run keys -- status).',
      en: 'Put the promoted key into ENCRYPTION_KEY, or promote this one (npm run keys -- status).',
    },
  ],
  'keys/worn-out': [
    'warning',
    { fr: '{count} clés de données ont beaucoup servi.', en: '{count} data keys have sealed very often.' },
    {
      fr: 'Renouvelez-les : npm run keys -- rotate --new-data-keys.',
      en: 'Renew them: npm run keys -- rotate --new-data-keys.',
    },
  ],
  'mail/not-configured': [
    'warning',
    {
      fr: 'Aucun serveur de courriel n’est configuré : les courriels sont gardés et non envoyés.',
      en: 'No mail server is configured: mails are kept and not sent.',
    },
    { fr: 'Renseignez SMTP_URL et MAIL_FROM.', en: 'Set SMTP_URL and MAIL_FROM.' },
  ],
  'mail/unreachable': [
    'error',
    { fr: 'Le serveur de courriel ne répond pas ({reason}).', en: 'The mail server does not answer ({reason}).' },
    {
      fr: 'Vérifiez l’hôte et le port de SMTP_URL, et que le pare-feu laisse sortir.',
      en: 'Check host and port in SMTP_URL, and that the firewall lets it out.',
    },
  ],
  'mail/login-refused': [
    'error',
    { fr: 'Le serveur de courriel refuse l’identification.', en: 'The mail server refuses the login.' },
    { fr: 'Corrigez le compte et le mot de passe de SMTP_URL.', en: 'Correct account and password in SMTP_URL.' },
  ],
  'mail/tls-failed': [
    'error',
    {
      fr: 'La connexion chiffrée au serveur de courriel échoue ({reason}).',
      en: 'The encrypted connection to the mail server fails ({reason}).',
    },
    {
      fr: 'Vérifiez le certificat du serveur, et le choix entre smtp:// (587) et smtps:// (465).',
      en: 'Check the server’s certificate, and the choice between smtp:// (587) and smtps:// (465).',
    },
  ],
  'public-url/local': [
    'warning',
    {
      fr: 'PUBLIC_URL est une adresse de cette machine ou de ce réseau : aucun fournisseur ne peut y envoyer de webhook.',
      en: 'PUBLIC_URL is an address of this machine or network: no provider can send webhooks to it.',
    },
    {
      fr: 'Donnez à PUBLIC_URL l’adresse https publique de ce serveur ; d’ici là les comptes sont lus à intervalles.',
      en: 'Give PUBLIC_URL the public https address of this server; until then accounts are read at intervals.',
    },
  ],
  'public-url/not-https': [
    'error',
    {
      fr: 'PUBLIC_URL est en http, et les fournisseurs n’envoient de webhooks qu’en https.',
      en: 'PUBLIC_URL is plain http, and providers send webhooks over https alone.',
    },
    {
      fr: 'Placez un serveur mandataire avec certificat devant Passerelle, et donnez son adresse à PUBLIC_URL.',
      en: 'Put a reverse proxy with a certificate in front of Passerelle, and give PUBLIC_URL its address.',
    },
  ],
  'public-url/not-answering': [
    'error',
    {
      fr: 'Personne ne répond à PUBLIC_URL ({reason}).',
      en: 'Nobody answers at PUBLIC_URL ({reason}).',
    },
    {
      fr: 'Démarrez Passerelle, et vérifiez le DNS, le certificat et le serveur mandataire.',
      en: 'Start Passerelle, and check DNS, certificate and reverse proxy.',
    },
  ],
  'public-url/somebody-else': [
    'error',
    {
      fr: 'Ce qui répond à PUBLIC_URL n’est pas Passerelle (statut {status}).',
      en: 'What answers at PUBLIC_URL is not Passerelle (status {status}).',
    },
    {
      fr: 'Faites mener /api et /health de PUBLIC_URL à ce serveur, sans réécrire les chemins.',
      en: 'Let /api and /health of PUBLIC_URL lead to this server, with their paths unchanged.',
    },
  ],
  'channel/plan': [
    'info',
    {
      fr: 'L’abonnement de {count} comptes {provider} ne comprend pas les webhooks : ils sont lus à intervalles.',
      en: 'The plan of {count} {provider} accounts does not include webhooks: they are read at intervals.',
    },
    {
      fr: 'Changez d’abonnement chez {provider} pour apprendre les rendez-vous aussitôt.',
      en: 'Change the plan at {provider} to hear of appointments at once.',
    },
  ],
  'channel/refused': [
    'warning',
    {
      fr: '{provider} refuse d’envoyer des webhooks pour {count} comptes ({reason}).',
      en: '{provider} refuses to send webhooks for {count} accounts ({reason}).',
    },
    {
      fr: 'Vérifiez PUBLIC_URL et les autorisations de l’application chez {provider} ; un nouvel essai a lieu chaque jour.',
      en: 'Check PUBLIC_URL and the permissions of the application at {provider}; it is asked again every day.',
    },
  ],
  'channel/dead': [
    'warning',
    {
      fr: '{count} comptes {provider} n’ont plus de canal vivant : leurs nouveautés arrivent en retard.',
      en: '{count} {provider} accounts have no living channel: their news arrive late.',
    },
    {
      fr: 'Vérifiez qu’un processus exécute les tâches ; si cela dure, déconnectez et reconnectez ces comptes.',
      en: 'Check that a process runs jobs; if it lasts, disconnect and connect those accounts again.',
    },
  ],
  'token/needs-consent': [
    'error',
    {
      fr: '{count} comptes {provider} ont perdu leur accès ({reason}).',
      en: '{count} {provider} accounts have lost their access ({reason}).',
    },
    { fr: 'Leurs titulaires doivent les reconnecter.', en: 'Their owners must connect them again.' },
  ],
  'token/application-in-testing': [
    'error',
    {
      fr: 'L’application est encore « en test » chez {provider} : chaque accès s’y éteint au bout de quelques jours.',
      en: 'The application is still in “Testing” at {provider}: every access ends there after some days.',
    },
    {
      fr: 'Publiez l’application chez {provider}, puis reconnectez les comptes.',
      en: 'Publish the application at {provider}, then connect the accounts again.',
    },
  ],
  'token/dying-of-disuse': [
    'warning',
    {
      fr: 'L’accès de {count} comptes {provider} n’a pas été renouvelé depuis plus de {days} jours et va s’éteindre.',
      en: 'The access of {count} {provider} accounts was not renewed for more than {days} days and will end.',
    },
    {
      fr: 'Vérifiez qu’un processus exécute les tâches ; il le renouvelle de lui-même.',
      en: 'Check that a process runs jobs; it renews them by itself.',
    },
  ],
  'sync/overdue': [
    'warning',
    {
      fr: '{count} comptes devaient être lus il y a plus de {minutes} minutes.',
      en: '{count} accounts should have been read more than {minutes} minutes ago.',
    },
    {
      fr: 'Vérifiez qu’un processus exécute les tâches (ROLE worker ou all).',
      en: 'Check that a process runs jobs (ROLE worker or all).',
    },
  ],
  'queue/no-worker': [
    'error',
    { fr: 'Aucun processus n’exécute les tâches.', en: 'No process runs jobs.' },
    { fr: 'Démarrez une instance avec ROLE worker ou all.', en: 'Start an instance with ROLE worker or all.' },
  ],
  'queue/behind': [
    'warning',
    {
      fr: '{count} tâches attendent, la plus ancienne depuis {minutes} minutes.',
      en: '{count} jobs are waiting, the oldest for {minutes} minutes.',
    },
    {
      fr: 'Ajoutez une instance avec ROLE worker, ou augmentez WORKER_CONCURRENCY.',
      en: 'Add an instance with ROLE worker, or raise WORKER_CONCURRENCY.',
    },
  ],
  'deliveries/stuck': [
    'error',
    {
      fr: '{count} webhooks reçus attendent depuis plus de {minutes} minutes.',
      en: '{count} webhooks that came in have been waiting for more than {minutes} minutes.',
    },
    {
      fr: 'Regardez GET /api/deliveries?state=received et les journaux, puis rejouez-les.',
      en: 'Look at GET /api/deliveries?state=received and the logs, then replay them.',
    },
  ],
  'dead-letters/parked': [
    'warning',
    { fr: '{count} tâches ont été abandonnées.', en: '{count} jobs were given up.' },
    {
      fr: 'Regardez GET /api/dead-letters, corrigez la cause, puis rejouez-les ou écartez-les.',
      en: 'Look at GET /api/dead-letters, mend the cause, then replay or discard them.',
    },
  ],
  'log/not-writable': [
    'error',
    {
      fr: 'Le dossier de LOG_FILE n’existe pas ou refuse l’écriture.',
      en: 'The folder of LOG_FILE does not exist or cannot be written to.',
    },
    {
      fr: 'Créez ce dossier et donnez-y le droit d’écrire au compte de Passerelle.',
      en: 'Make the folder and let the account of Passerelle write to it.',
    },
  ],
  'log/disk-short': [
    'warning',
    {
      fr: 'Il reste {percent} % de place sur le disque des journaux.',
      en: '{percent} % of the disk of the logs is free.',
    },
    { fr: 'Libérez de la place, ou déplacez LOG_FILE.', en: 'Make room, or move LOG_FILE.' },
  ],
  'zone-data/old': [
    'warning',
    {
      fr: 'Les données de fuseaux horaires ({version}) ont plus d’un an : des heures peuvent être fausses.',
      en: 'The time zone data ({version}) are older than a year: hours may be wrong.',
    },
    { fr: 'Installez un Node.js plus récent.', en: 'Install a newer Node.js.' },
  ],
  'doctor/check-failed': [
    'warning',
    {
      fr: 'L’examen « {check} » n’a pas pu être mené à bien ({reason}).',
      en: 'The check “{check}” could not be carried out ({reason}).',
    },
    { fr: 'Réparez d’abord le reste, puis recommencez.', en: 'Repair the rest first, then try again.' },
  ],
} satisfies Record<string, Entry>;

export type FindingCode = keyof typeof FINDINGS;

export const FINDING_CODES = Object.keys(FINDINGS) as FindingCode[];

/** The finding in words; `severity` where a case is worse or better than usual. */
export function finding(
  code: FindingCode,
  values: Readonly<Record<string, string | number>> = {},
  severity?: Severity,
): Finding {
  const [usual, cause, repair]: Entry = FINDINGS[code];
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '…'));
  const both = ({ fr, en }: { fr: string; en: string }) => ({ fr: fill(fr), en: fill(en) });
  return { code, severity: severity ?? usual, cause: both(cause), repair: both(repair) };
}
