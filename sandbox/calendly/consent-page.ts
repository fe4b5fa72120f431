import { html, type Html, type Lang } from '../page.js';
import type { AuthorizationRequest } from './authorization-request.js';
import type { Account, Plan } from './model.js';

const texts = {
  fr: {
    title: 'Bac à sable — ceci n’est pas Calendly',
    banner: 'Bac à sable — ceci n’est pas Calendly',
    other: 'English',
    question: 'Passerelle demande l’accès à votre compte',
    scopes: 'Autorisations demandées',
    account: 'Avec quel compte ?',
    paid: 'offre payante : webhooks et interrogation',
    free: 'offre gratuite : interrogation seulement',
    approve: 'Autoriser',
    refuse: 'Refuser',
    back: 'Vous reviendrez ensuite sur',
    broken: 'Cette demande d’autorisation est refusée',
    invalid_request: 'Un paramètre est répété ou illisible.',
    invalid_client: 'client_id ne désigne aucune application enregistrée.',
    invalid_redirect_uri: 'redirect_uri n’est pas, octet pour octet, une adresse enregistrée de l’application.',
    unknown_account: 'Ce compte n’existe pas.',
  },
  en: {
    title: 'Sandbox — this is not Calendly',
    banner: 'Sandbox — this is not Calendly',
    other: 'Français',
    question: 'Passerelle asks for access to your account',
    scopes: 'Permissions asked for',
    account: 'With which account?',
    paid: 'paid plan: webhooks and polling',
    free: 'free plan: polling only',
    approve: 'Authorize',
    refuse: 'Refuse',
    back: 'You will then return to',
    broken: 'This authorization request is refused',
    invalid_request: 'A parameter is repeated or unreadable.',
    invalid_client: 'client_id names no registered application.',
    invalid_redirect_uri: 'redirect_uri is not, byte for byte, a registered address of the application.',
    unknown_account: 'There is no such account.',
  },
};

export interface ConsentChoice {
  account: Account;
  plan: Plan;
}

export function consentPage(lang: Lang, request: AuthorizationRequest, choices: ConsentChoice[]) {
  const say = texts[lang];
  const parameters = Object.entries(request.parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const inOther = new URLSearchParams([...parameters, ['lang', lang === 'fr' ? 'en' : 'fr']]);
  const body = html`
    <p class="banner" role="note"><strong>${say.banner}</strong><a href="?${inOther.toString()}">${say.other}</a></p>
    <section class="card narrow">
      <h1>${say.question}</h1>
      <h2>${say.scopes}</h2>
      <ul>
        ${request.scopes.map((scope) => html`<li><code>${scope}</code></li>`)}
      </ul>
      <form method="post" action="?lang=${lang}">
        ${parameters.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <h2>${say.account}</h2>
        ${choices.map((choice, position) => accountChoice(choice, position === 0, say[choice.plan]))}
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

export function refusedPage(lang: Lang, problem: string) {
  const say = texts[lang];
  const explanation = Object.entries(say).find(([key]) => key === problem)?.[1] ?? problem;
  const body = html`
    <p class="banner" role="note"><strong>${say.banner}</strong></p>
    <section class="card narrow notice problem">
      <h1>${say.broken}</h1>
      <p>${explanation}</p>
      <p class="soft"><code>${problem}</code></p>
    </section>
  `;
  return { lang, title: say.title, body, status: 400 };
}

function accountChoice({ account }: ConsentChoice, isFirst: boolean, plan: string): Html {
  const checked = isFirst ? html` checked` : null;
  return html`<label class="choice">
    <input type="radio" name="account" value="${account.email}" ${checked} />
    <span><strong>${account.name}</strong> ${account.email}<br /><small>${plan}</small></span>
  </label>`;
}
