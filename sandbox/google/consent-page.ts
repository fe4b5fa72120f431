import { html, type Html, type Lang } from '../page.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { Account } from './model.js';
import { isIdentityScope, type Scope, toWireScope } from './scopes.js';

const texts = {
  fr: {
    title: 'Bac à sable — ceci n’est pas Google',
    other: 'English',
    question: 'Passerelle souhaite accéder à votre compte Google',
    account: 'Avec quel compte ?',
    scopes: 'Choisissez ce que Passerelle pourra faire',
    granted: 'déjà autorisé, ne sera pas redemandé',
    always: 'toujours transmis',
    approve: 'Continuer',
    refuse: 'Annuler',
    back: 'Vous reviendrez ensuite sur',
    broken: 'Accès bloqué : cette demande d’autorisation n’est pas valide',
    invalid_request: 'Un paramètre manque, est répété ou est illisible.',
    invalid_client: 'client_id ne désigne aucune application enregistrée.',
    redirect_uri_mismatch: 'redirect_uri n’est pas, octet pour octet, une adresse enregistrée de l’application.',
    unsupported_response_type: 'response_type doit être code.',
    invalid_scope: 'Une autorisation demandée n’existe pas.',
    unknown_account: 'Ce compte n’existe pas.',
  },
  en: {
    title: 'Sandbox — this is not Google',
    other: 'Français',
    question: 'Passerelle wants to access your Google Account',
    account: 'With which account?',
    scopes: 'Select what Passerelle can do',
    granted: 'already granted, will not be asked again',
    always: 'always passed on',
    approve: 'Continue',
    refuse: 'Cancel',
    back: 'You will then return to',
    broken: 'Access blocked: this authorization request is not valid',
    invalid_request: 'A parameter is missing, repeated or unreadable.',
    invalid_client: 'client_id names no registered application.',
    redirect_uri_mismatch: 'redirect_uri is not, byte for byte, a registered address of the application.',
    unsupported_response_type: 'response_type must be code.',
    invalid_scope: 'A permission asked for does not exist.',
    unknown_account: 'There is no such account.',
  },
};

export interface ConsentChoice {
  account: Account;
  isAsked: boolean;
  isHinted: boolean;
}

export function consentPage(lang: Lang, request: AuthorizationRequest, choices: ConsentChoice[]) {
  const say = texts[lang];
  const parameters = Object.entries(request.parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const inOther = new URLSearchParams([...parameters, ['lang', lang === 'fr' ? 'en' : 'fr']]);
  const first = choices.find(({ isHinted }) => isHinted) ?? choices[0];
  const body = html`
    <p class="banner" role="note"><strong>${say.title}</strong><a href="?${inOther.toString()}">${say.other}</a></p>
    <section class="card narrow">
      <h1>${say.question}</h1>
      <form method="post" action="?lang=${lang}">
        ${parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <h2>${say.account}</h2>
        ${choices.map((choice) => accountChoice(choice, choice === first, say.granted))}
        <h2>${say.scopes}</h2>
        ${request.scopes.map((scope) => scopeChoice(scope, say.always))}
        <div class="row">
          <button name="decision" value="approve">${say.approve}</button>
          <button class="stop" name="decision" value="refuse">${say.refuse}</button>
        </div>
      </form>
      <p class="soft">${say.back} <code>${request.redirectUri}</code></p>
    </section>
  `;
  return { lang, title: say.title, body };
}

export function refusedPage(lang: Lang, problem: string, detail: string) {
  const say = texts[lang];
  const explanation = Object.entries(say).find(([key]) => key === problem)?.[1] ?? problem;
  const body = html`
    <p class="banner" role="note"><strong>${say.title}</strong></p>
    <section class="card narrow notice problem">
      <h1>${say.broken}</h1>
      <p>${explanation}</p>
      <p class="soft"><code>${problem}</code> <code>${detail}</code></p>
    </section>
  `;
  return { lang, title: say.title, body, status: 400 };
}

function accountChoice({ account, isAsked }: ConsentChoice, isFirst: boolean, granted: string): Html {
  return html`<label class="choice">
    <input type="radio" name="account" value="${account.email}" ${isFirst ? html` checked` : null} />
    <span><strong>${account.name}</strong> ${account.email}<br /><small>${isAsked ? '' : granted}</small></span>
  </label>`;
}

/** One tick box each (granular consent); who one is goes along in any case. */
function scopeChoice(scope: Scope, always: string): Html {
  const name = toWireScope(scope);
  const isFixed = isIdentityScope(scope);
  return html`<label class="choice">
    <input
      type="checkbox"
      style="width:auto;margin:0 .6rem 0 0"
      name="ticked"
      value="${name}"
      checked
      ${isFixed ? html` disabled` : null}
    />
    <span><code>${name}</code><br /><small>${isFixed ? always : ''}</small></span>
  </label>`;
}
