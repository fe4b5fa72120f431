import type { Locale } from '../errors/problem.js';

const WORDS = {
  fr: {
    title: 'La console n’est pas construite',
    why: 'Le serveur fonctionne, mais les fichiers de la console ne sont pas là où il les cherche.',
    build: 'Pour la construire, à la racine du projet :',
    other: 'Construite ailleurs ? La variable CONSOLE_DIR dit où.',
    api: 'Documentation de l’API',
  },
  en: {
    title: 'The console is not built',
    why: 'The server is running, but the files of the console are not where it looks for them.',
    build: 'To build it, at the root of the project:',
    other: 'Built elsewhere? The CONSOLE_DIR variable says where.',
    api: 'API documentation',
  },
} as const;

/** For whoever opens the console of a server that has none. */
export function missingConsolePage(locale: Locale): string {
  const { title, why, build, other, api } = WORDS[locale];
  return `<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${title} · Passerelle</title>
  </head>
  <body>
    <h1>${title}</h1>
    <p>${why}</p>
    <p>${build}</p>
    <pre>npm ci
npm run build --workspace console</pre>
    <p>${other}</p>
    <p><a href="/docs">${api}</a></p>
  </body>
</html>
`;
}
