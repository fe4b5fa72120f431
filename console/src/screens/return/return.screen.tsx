import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { Problem } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { Notice, ProblemNotice } from '@/components/notice';
import { PageHeader } from '@/components/page';
import { ConnectButton } from '../connections/connection-action';
import { ConnectionBadge } from '../connections/connection-badge';
import { ConnectionLine } from '../connections/connection-line';
import { type Connection, connectionsQuery, isLinked } from '../connections/connections.queries';
import { ProviderMark } from '../connections/provider-mark';
import { isKnownProvider, providerIdOf } from '../connections/provider-routes';
import { finishOnce, recallFinished } from './finishing';
import { type Setback, setbackOf } from './outcomes';
import { returnRoute } from './return.route';

type Outcome =
  | { kind: 'finishing' }
  | { kind: 'nothing' }
  | { kind: 'done'; email: string | null }
  | { kind: 'failed'; error: unknown };

export function ReturnScreen() {
  const { t } = useTranslation('return');
  const { provider: name } = returnRoute.useParams();
  const provider = providerIdOf(name);
  const { outcome, finish } = useOutcome(provider);
  const { data: connections } = useQuery(connectionsQuery);
  const mine = connections?.filter((connection) => connection.provider === provider) ?? [];
  // The one that has just been connected, where there are several.
  const connection = mine.toSorted((one, other) => (other.connected_at ?? '').localeCompare(one.connected_at ?? ''))[0];
  const words = { provider: connection?.provider_name ?? t(`common:provider.${provider}`, { defaultValue: name }) };

  return (
    <div className="mx-auto max-w-2xl pt-[6vh]">
      <PageHeader title={t('title', words)} />
      <Card className="p-5" aria-live="polite">
        <div className="flex gap-4">
          <span className="max-sm:hidden">
            <ProviderMark provider={provider} />
          </span>
          <div className="min-w-0 flex-1 space-y-4">
            {outcome.kind === 'finishing' && <Finishing words={words} />}
            {outcome.kind === 'nothing' && (
              <Told title={t('nothing')} hint={t('nothingHint')}>
                <ToConnections />
              </Told>
            )}
            {outcome.kind === 'done' && <Done email={outcome.email} connection={connection} words={words} />}
            {outcome.kind === 'failed' && (
              <Failed error={outcome.error} connection={connection} words={words} onRetry={finish} />
            )}
          </div>
        </div>
      </Card>
    </div>
  );
}

/** What the redirect has brought leaves the address bar and the history before anything else happens. */
function useOutcome(provider: string): { outcome: Outcome; finish: () => void } {
  const search = returnRoute.useSearch();
  const navigate = useNavigate({ from: returnRoute.fullPath });
  const queryClient = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'finishing' });
  const brought = useRef(search);

  const finish = () => {
    const { code, state, error, iss, outcome: told, reason, done } = brought.current;
    if (told) {
      setOutcome(told === 'success' ? { kind: 'done', email: null } : { kind: 'failed', error: ofReason(reason) });
    } else if (isKnownProvider(provider) && (code || error)) {
      setOutcome({ kind: 'finishing' });
      finishOnce(provider, { code, state, error, iss }).then(
        ({ email }) => {
          setOutcome({ kind: 'done', email });
          void queryClient.invalidateQueries({ queryKey: ['connections'] });
        },
        (failure: unknown) => setOutcome({ kind: 'failed', error: failure }),
      );
    } else {
      const finished = done ? recallFinished(provider) : null;
      setOutcome(finished ? { kind: 'done', email: finished.email } : { kind: 'nothing' });
    }
    if (code || state || error) void navigate({ search: { done: 'true' }, replace: true });
  };

  useEffect(finish, [provider]);
  return { outcome, finish };
}

/** A service that has finished with the server itself says only whether it went well. */
function ofReason(reason: string | undefined): Problem {
  return new Problem({ status: 400, code: reason ?? 'connection/unfinished' });
}

/** For the sentences; not an interface, which the translation would not take. */
type Words = { provider: string };

function Finishing({ words }: { words: Words }) {
  const { t } = useTranslation('return');
  return (
    <>
      <p className="font-semibold">{t('finishing', words)}</p>
      <ol className="space-y-1.5 text-muted">
        {(['answered', 'exchange', 'account'] as const).map((step, index) => (
          <li key={step} className="flex items-center gap-2">
            {index === 0 ? (
              <CircleCheck aria-hidden className="size-4 text-good-ink" />
            ) : (
              <LoaderCircle aria-hidden className="size-4 animate-spin" />
            )}
            {t(`steps.${step}`, words)}
          </li>
        ))}
      </ol>
    </>
  );
}

function Done({ email, connection, words }: { email: string | null; connection?: Connection; words: Words }) {
  const { t } = useTranslation('return');
  const account = email ?? connection?.account_email;
  const isImporting =
    connection === undefined || connection.state === 'importing' || connection.last_synced_at === null;
  return (
    <>
      <Notice tone="good" title={t('success', words)}>
        {account && <p>{t('successAccount', { email: account })}</p>}
        <p>{t(isImporting ? 'importStarted' : 'imported')}</p>
      </Notice>
      {connection && isLinked(connection) && (
        <div className="space-y-2">
          <ConnectionBadge connection={connection} />
          <ConnectionLine connection={connection} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button asChild look="primary">
          {connection?.kind === 'calendar' ? (
            <Link to="/agenda">{t('toAgenda')}</Link>
          ) : (
            <Link to="/prospects">{t('toProspects')}</Link>
          )}
        </Button>
        {connection?.integration_id && (
          <Button asChild>
            <Link
              to="/connections/$provider"
              params={{ provider: connection.provider }}
              search={{ account: connection.integration_id }}
            >
              {t('seeConnection')}
            </Link>
          </Button>
        )}
        <Button asChild look="quiet">
          <Link to="/">{t('toHome')}</Link>
        </Button>
      </div>
    </>
  );
}

interface FailedProps {
  error: unknown;
  connection?: Connection;
  words: Words;
  onRetry: () => void;
}

function Failed({ error, connection, words, onRetry }: FailedProps) {
  const { t } = useTranslation('return');
  const setback = setbackOf(error);
  if (setback === 'unreachable') return <ProblemNotice error={error} onRetry={onRetry} />;
  const restart = connection && connection.state !== 'not_configured' && (
    <ConnectButton connection={connection} word={t('restart')} />
  );
  const { title, hint, tone } = toldAs(setback, t, words);
  const problem = error instanceof Problem ? error : null;
  const isConnected =
    setback === 'expired' && connection && isLinked(connection) && connection.state !== 'needs_reauth';
  return (
    <>
      <Notice tone={tone} role="alert" title={title}>
        {/* The server's own sentence names the scopes, the variable, the plan. */}
        {setback !== 'denied' && problem?.detail && <p>{problem.detail}</p>}
        {hint && <p>{hint}</p>}
        {setback === 'failed' && !problem?.detail && problem?.title && <p>{problem.title}</p>}
        {(setback === 'redirect' || setback === 'client') && connection && (
          <p className="mt-1">
            <CopyText text={connection.redirect_uri} />
          </p>
        )}
        {isConnected && connection.account_email && <p>{t('expiredConnected', { email: connection.account_email })}</p>}
        {problem?.requestId && setback !== 'denied' && (
          <p className="mt-1 text-xs">
            <CopyText text={problem.requestId}>{t('common:requestId', { id: problem.requestId })}</CopyText>
          </p>
        )}
      </Notice>
      <div className="flex flex-wrap gap-2">
        {restart}
        <ToConnections />
      </div>
    </>
  );
}

function toldAs(
  setback: Setback,
  t: (key: string, words?: Words) => string,
  words: Words,
): { title: string; hint: string | null; tone: 'idle' | 'warn' | 'bad' } {
  switch (setback) {
    case 'denied':
      return { title: t('denied'), hint: t('deniedHint'), tone: 'idle' };
    case 'expired':
      return { title: t('expired'), hint: t('expiredHint'), tone: 'warn' };
    case 'redirect':
      return { title: t('redirect'), hint: t('redirectHint', words), tone: 'bad' };
    case 'client':
      return { title: t('client', words), hint: t('redirectHint', words), tone: 'bad' };
    case 'scopes':
      return { title: t('scopes'), hint: t('scopesHint', words), tone: 'warn' };
    case 'other':
      return { title: t('other'), hint: null, tone: 'bad' };
    case 'down':
      return { title: t('down', words), hint: t('downHint'), tone: 'warn' };
    default:
      return { title: t('failed'), hint: null, tone: 'bad' };
  }
}

function Told({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <>
      <p className="font-semibold">{title}</p>
      <p className="text-muted">{hint}</p>
      <div>{children}</div>
    </>
  );
}

function ToConnections() {
  const { t } = useTranslation('return');
  return (
    <Button asChild>
      <Link to="/connections">{t('toConnections')}</Link>
    </Button>
  );
}
