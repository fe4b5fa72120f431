import { type Brought, finishConnection } from '../connections/provider-routes';

const KEY = 'passerelle.return';

interface Finished {
  readonly provider: string;
  readonly email: string;
}

/** By state: a page that is built twice, or opened again with Back, must not post a code twice. */
const underWay = new Map<string, Promise<Finished>>();

/** Finishes a connection once, however often it is asked to. */
export function finishOnce(provider: string, brought: Brought): Promise<Finished> {
  const key = brought.state ?? brought.code ?? '';
  const remembered = recall();
  if (remembered?.key === key) return Promise.resolve(remembered);
  const known = underWay.get(key);
  if (known) return known;
  const finishing = finishConnection(provider, brought).then(({ email }) => {
    sessionStorage.setItem(KEY, JSON.stringify({ key, provider, email }));
    return { provider, email };
  });
  underWay.set(key, finishing);
  // A server that could not be reached has not seen the code: it may be sent again.
  finishing.catch(() => underWay.delete(key));
  return finishing;
}

/** What was finished last in this tab, for a page that is loaded again. */
export function recallFinished(provider: string): Finished | null {
  const finished = recall();
  return finished?.provider === provider ? finished : null;
}

function recall(): (Finished & { key: string }) | null {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Finished & { key: string });
}
