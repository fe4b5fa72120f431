import { html, type Html, type Lang } from '../page.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { LoginError } from './login-error.js';
import type { Account } from './model.js';

const texts = {
  fr: {
    title: 'Bac à sable — ceci n’est pas Microsoft',
    other: 'English',
    question: 'Passerelle demande l’accès à votre compte',
    forTenant: 'Passerelle demande l’accès pour toute l’organisation',
    scopes: 'Autorisations demandées',
    account: 'Avec quel compte ?',
    work: 'compte professionnel',
    personal: 'compte personnel',
    accept: 'Accepter',
    refuse: 'Refuser',
    needsAdmin: 'Approbation d’un administrateur nécessaire',
    back: 'Vous reviendrez ensuite sur',
    broken: 'Connexion impossible',
    unknownAccount: 'Ce compte n’existe pas.',
  },
  en: {
    title: 'Sandbox — this is not Microsoft',
    other: 'Français',
    question: 'Passerelle asks for access to your account',
    forTenant: 'Passerelle asks for access for the whole organization',
    scopes: 'Permissions asked for',
    account: 'With which account?',
    work: 'work account',
    personal: 'personal account',
    accept: 'Accept',
    refuse: 'Refuse',
    needsAdmin: 'Administrator approval needed',
    back: 'You will then return to',
    broken: 'Sign-in is not possible',
    unknownAccount: 'There is no such account.',
  },
};

type Parameters = Record<string, string | undefined>;

export function consentPage(lang: Lang, request: AuthorizationRequest, accounts: Account[]) {
  const say = texts[lang];
  const hint = request.parameters.login_hint?.toLowerCase();
  const first = accounts.find(({ email }) => email.toLowerCase() === hint) ?? accounts[0];
  const body = html`
    ${banner(lang, request.parameters)}
    <section class="card narrow">
      <h1>${say.question}</h1>
      <h2>${say.scopes}</h2>
      <ul>
        ${request.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      <form method="post" action="?lang=${lang}">
        ${hiddenFields(request.parameters)}
        <h2>${say.account}</h2>
        ${accounts.map((account) => accountChoice(account, account === first, say[account.kind]))}
        <div class="row">
          <button name="decision" value="accept">${say.accept}</button>
          <button class="stop" name="decision" value="refuse">${say.refuse}</button>
          <button class="quiet" name="decision" value="needs-admin">${say.needsAdmin}</button>
        </div>
      </form>
      <p class="soft">${say.back} <code>${request.redirectUri}</code></p>
    </section>
  `;
  return { lang, title: say.title, body };
}

export function adminConsentPage(lang: Lang, parameters: Parameters, redirectUri: string, accounts: Account[]) {
  const say = texts[lang];
  const body = html`
    ${banner(lang, parameters)}
    <section class="card narrow">
      <h1>${say.forTenant}</h1>
      <p><code>${parameters['scope'] ?? ''}</code></p>
      <form method="post" action="?lang=${lang}">
        ${hiddenFields(parameters)}
        <h2>${say.account}</h2>
        ${accounts.map((account, position) => accountChoice(account, position === 0, say[account.kind]))}
        <div class="row">
          <button name="decision" value="accept">${say.accept}</button>
          <button class="stop" name="decision" value="refuse">${say.refuse}</button>
        </div>
      </form>
      <p class="soft">${say.back} <code>${redirectUri}</code></p>
    </section>
  `;
  return { lang, title: say.title, body };
}

export function refusedPage(lang: Lang, problem: LoginError) {
  const say = texts[lang];
  const body = html`
    <p class="banner" role="note"><strong>${say.title}</strong></p>
    <section class="card narrow notice problem">
      <h1>${say.broken}</h1>
      <p>AADSTS${problem.aadsts}: ${problem.message}</p>
      <p class="soft"><code>${problem.error}</code></p>
    </section>
  `;
  return { lang, title: say.title, body, status: 400 };
}

export function unknownAccountText(lang: Lang): string {
  return texts[lang].unknownAccount;
}

function banner(lang: Lang, parameters: Parameters): Html {
  const say = texts[lang];
  const inOther = new URLSearchParams([...givenIn(parameters), ['lang', lang === 'fr' ? 'en' : 'fr']]);
  return html`<p class="banner" role="note">
    <strong>${say.title}</strong><a href="?${inOther.toString()}">${say.other}</a>
  </p>`;
}

function hiddenFields(parameters: Parameters): Html[] {
  return givenIn(parameters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
}

function givenIn(parameters: Parameters): [string, string][] {
  return Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
}

function accountChoice(account: Account, isFirst: boolean, kind: string): Html {
  const checked = isFirst ? html` checked` : null;
  return html`<label class="choice">
    <input type="radio" name="account" value="${account.email}" ${checked} />
    <span><strong>${account.displayName}</strong> ${account.email}<br /><small>${kind}</small></span>
  </label>`;
}
