// What a person does with an instance, over HTTP: for scripts that tell or show it.
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 50;

export class Visitor {
  #token;

  constructor({ url, sandboxUrl }, language = 'fr') {
    this.url = url;
    this.sandboxUrl = sandboxUrl;
    this.language = language;
  }

  get token() {
    return this.#token;
  }

  async signIn(login) {
    const { access_token: token } = await this.call('POST', '/auth/login', login);
    this.#token = token;
  }

  async call(method, path, body) {
    const headers = { 'accept-language': this.language };
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    const answer = await fetch(`${this.url}/api${path}`, withBody({ method, headers }, body));
    return await read(answer, `${method} /api${path}`);
  }

  /** One of the stand-ins' controls, as `calendly/book`. */
  async order(path, body = {}) {
    return await this.#ask(path, 'POST', body);
  }

  /** What a stand-in knows, as `calendly/deliveries`. */
  async look(path) {
    return await this.#ask(path, 'GET');
  }

  async #ask(path, method, body) {
    const answer = await fetch(`${this.sandboxUrl}/_sandbox/${path}`, withBody({ method, headers: {} }, body));
    return await read(answer, path);
  }

  /** Through the consent page and back; ends when what was there has been read. */
  async connect(provider) {
    const routes = provider === 'calendly' ? '/calendly' : `/calendar-integration/${provider}`;
    const { authUrl } = await this.call('GET', `${routes}/auth-url`);
    const { location } = await this.order(`${provider}/consent`, { authorize_url: authUrl });
    await this.call('POST', `${routes}/callback`, Object.fromEntries(new URL(location).searchParams));
    return await this.until(async () => {
      const connection = await this.connection(provider);
      return connection.state === 'connected' && connection.last_synced_at !== null && connection;
    }, `${provider} connected`);
  }

  async connection(provider) {
    return (await this.call('GET', '/integrations')).find((one) => one.provider.startsWith(provider));
  }

  async book({ name, email, start, type = '30min' }) {
    return await this.order('calendly/book', { event_type: type, start_time: start, invitees: [{ name, email }] });
  }

  /** Looks until there is something; what was waited for is said when it never comes. */
  async until(look, what) {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (performance.now() > deadline) throw new Error(`waited in vain for: ${what}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function withBody(request, body) {
  if (body === undefined) return request;
  const headers = { ...request.headers, 'content-type': 'application/json' };
  return { ...request, headers, body: JSON.stringify(body) };
}

async function read(answer, what) {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${what} was answered ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** So many days from now, at this hour of Paris, as an instant. */
export function inDays(days, hour) {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now() + days * 86_400_000);
  const [hours, minutes] = hour.split(':').map(Number);
  const guess = new Date(`${day}T${hour}:00Z`);
  const shown = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Paris',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const [shownHours, shownMinutes] = shown.format(guess).split(':').map(Number);
  return new Date(guess.getTime() + (hours * 60 + minutes - shownHours * 60 - shownMinutes) * 60_000).toISOString();
}
