import { html, type Html, type Lang } from '../page.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { ConsentKind } from './calendar-consents.js';
import type { User } from './model.js';

const texts = {
  fr: {
    banner: 'Bac à sable — ceci n’est pas',
    other: 'English',
    question: 'Passerelle demande l’accès à votre compte Cal.com',
    calendarQuestion: 'Cal.com demande l’accès à votre agenda',
    scopes: 'Autorisations demandées',
    account: 'Avec quel compte ?',
    address: 'Adresse du compte',
    approve: 'Autoriser',
    refuse: 'Refuser',
    back: 'Vous reviendrez ensuite sur',
    broken: 'Cette demande d’autorisation est refusée',
    invalid_request: 'Un paramètre est répété ou illisible.',
    invalid_client: 'client_id ne désigne aucune application enregistrée.',
    invalid_redirect_uri: 'redirect_uri n’est pas, octet pour octet, une adresse enregistrée de l’application.',
    client_not_approved: 'Cal.com n’a pas encore approuvé cette application.',
    unknown_account: 'Ce compte n’existe pas.',
  },
  en: {
    banner: 'Sandbox — this is not',
    other: 'Français',
    question: 'Passerelle asks for access to your Cal.com account',
    calendarQuestion: 'Cal.com asks for access to your calendar',
    scopes: 'Permissions asked for',
    account: 'With which account?',
    address: 'Address of the account',
    approve: 'Authorize',
    refuse: 'Refuse',
    back: 'You will then return to',
    broken: 'This authorization request is refused',
    invalid_request: 'A parameter is repeated or unreadable.',
    invalid_client: 'client_id names no registered application.',
    invalid_redirect_uri: 'redirect_uri is not, byte for byte, a registered address of the application.',
    client_not_approved: 'Cal.com has not approved this application yet.',
    unknown_account: 'There is no such account.',
  },
};

const names = { google: 'Google', office365: 'Microsoft', 'cal-com': 'Cal.com' };

type Imitated = keyof typeof names;

/** A person of Cal.com lets an application in (contract 9). */
export function consentPage(lang: Lang, request: AuthorizationRequest, users: User[]) {
  const say = texts[lang];
  return framed(lang, 'cal-com', request.parameters, say.question, [
    html`<h2>${say.scopes}</h2>
      <ul>
        ${request.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>`,
    html`<h2>${say.account}</h2>
      ${users.map((user, position) => accountChoice(user, position === 0))}`,
  ]);
}

/** A person of Google or Microsoft lets Cal.com in (contract 6.1). Any address will do. */
export function calendarConsentPage(lang: Lang, kind: ConsentKind, query: Record<string, string>) {
  const say = texts[lang];
  const example = kind === 'google' ? 'nora@exemple.fr' : 'nora@exemple.onmicrosoft.com';
  return framed(lang, kind, query, say.calendarQuestion, [
    html`<h2>${say.scopes}</h2>
      <ul>
        ${(query['scope'] ?? '').split(' ').map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>`,
    html`<label>${say.address}<input name="account" type="email" value="${example}" required /></label>`,
  ]);
}

export function refusedPage(lang: Lang, imitated: Imitated, problem: string) {
  const say = texts[lang];
  const explanation = Object.entries(say).find(([key]) => key === problem)?.[1] ?? problem;
  const body = html`
    <p class="banner" role="note"><strong>${say.banner} ${names[imitated]}</strong></p>
    <section class="card narrow notice problem">
      <h1>${say.broken}</h1>
      <p>${explanation}</p>
      <p class="soft"><code>${problem}</code></p>
    </section>
  `;
  return { lang, title: `${say.banner} ${names[imitated]}`, body, status: 400 };
}

function framed(
  lang: Lang,
  imitated: Imitated,
  given: Record<string, string | undefined>,
  question: string,
  parts: Html[],
) {
  const say = texts[lang];
  const parameters = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const inOther = new URLSearchParams([...parameters, ['lang', lang === 'fr' ? 'en' : 'fr']]);
  const banner = `${say.banner} ${names[imitated]}`;
  const body = html`
    <p class="banner" role="note"><strong>${banner}</strong><a href="?${inOther.toString()}">${say.other}</a></p>
    <section class="card narrow">
      <h1>${question}</h1>
      <form method="post" action="?lang=${lang}">
        ${parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)} ${parts}
        <div class="row">
          <button name="decision" value="approve">${say.approve}</button>
          <button class="stop" name="decision" value="refuse" formnovalidate>${say.refuse}</button>
        </div>
      </form>
      <p class="soft">${say.back} <code>${given['redirect_uri'] ?? ''}</code></p>
    </section>
  `;
  return { lang, title: banner, body };
}

function accountChoice(user: User, isFirst: boolean): Html {
  const checked = isFirst ? html` checked` : null;
  return html`<label class="choice">
    <input type="radio" name="account" value="${user.email}" ${checked} />
    <span><strong>${user.name}</strong> ${user.email}</span>
  </label>`;
}
