import { styleText } from 'node:util';

export interface Greeting {
  address: string;
  sandboxUrl: string | undefined;
  /** Without it, the page of the trial stands in. */
  hasConsole: boolean;
  database: string;
  login: { email: string; password: string } | undefined;
  milliseconds: number;
}

/** What a newcomer reads once everything stands, in French like the product. */
export function greeting({ address, sandboxUrl, hasConsole, database, login, milliseconds }: Greeting): string {
  const strong = (text: string) => styleText('bold', text);
  const lines = [
    '',
    `  ${strong('Passerelle')} est prête en ${(milliseconds / 1_000).toFixed(1)} s`,
    '',
    hasConsole ? `  Console       ${strong(`${address}/console/`)}` : `  Page d’essai  ${strong(address)}`,
    `  API (Swagger) ${address}/docs`,
    `  PostgreSQL    ${database}`,
    ...(sandboxUrl
      ? [
          `  Bac à sable   ${sandboxUrl}   (Calendly, Cal.com, Google, Outlook simulés : aucun compte nécessaire)`,
          `  E-mails       ${sandboxUrl}/mail/`,
        ]
      : []),
    ...(login ? [`  Connexion     ${strong(login.email)} / ${strong(login.password)}`] : []),
  ];
  if (sandboxUrl) {
    lines.push(
      '',
      '  Et maintenant :',
      `   1. ouvrez ${address} et cliquez « Connecter Calendly » ;`,
      `   2. réservez un rendez-vous dans le bac à sable : ${sandboxUrl} ;`,
      '   3. regardez le prospect, sa note et la notification arriver dans la page, sans la recharger.',
    );
  }
  return [...lines, '', '  Ctrl-C pour arrêter ; les données restent dans le dossier DATA_DIR (.passerelle).', ''].join(
    '\n',
  );
}
