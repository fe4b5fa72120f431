import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { toast } from '@/components/toast';
import { type Connection, connectionsQuery, isLinked } from '../connections/connections.queries';
import { providerIdOf } from '../connections/provider-routes';
import { DAILY, type GestureToTry, MISHAPS } from './gestures';
import { type Gesture, gesturesQuery, useGesture } from './sandbox.queries';
import { Then } from './then';

/** What the stand-ins do at a click: each with the services that know it, and what to look at afterwards. */
export function GesturesPart() {
  const { t } = useTranslation('sandbox');
  const query = useQuery(gesturesQuery);
  const { data: connections = [] } = useQuery(connectionsQuery);
  const linked = connections.filter(isLinked);
  const known = query.data ?? [];
  const missing = [...new Set(known.map(({ stand_in: standIn }) => providerIdOf(standIn)))]
    .filter((provider) => !linked.some((connection) => connection.provider === provider))
    .map((provider) => t(`common:provider.${provider}`));
  return (
    <ListState query={query} isEmpty={known.length === 0} nothingYet={<p className="text-muted">{t('noGestures')}</p>}>
      <div className="space-y-6">
        {missing.length > 0 && (
          <Notice tone="info" title={t('connectFirst', { providers: missing.join(', ') })}>
            <Link to="/connections" className="text-accent-ink underline underline-offset-2">
              {t('toConnections')}
            </Link>
          </Notice>
        )}
        <Group title={t('daily')} gestures={DAILY} known={known} linked={linked} />
        <Group title={t('mishaps')} hint={t('mishapsHint')} gestures={MISHAPS} known={known} linked={linked} />
      </div>
    </ListState>
  );
}

interface GroupProps {
  title: string;
  hint?: string;
  gestures: readonly GestureToTry[];
  known: readonly Gesture[];
  linked: readonly Connection[];
}

function Group({ title, hint, gestures, known, linked }: GroupProps) {
  return (
    <section className="space-y-3" aria-label={title}>
      <div>
        <h2 className="text-base font-semibold">{title}</h2>
        {hint && <p className="text-muted">{hint}</p>}
      </div>
      <ul className="grid gap-4 md:grid-cols-2">
        {gestures.map((gesture) => (
          <li key={gesture.word}>
            <GestureCard
              gesture={gesture}
              standIns={known.filter((one) => one.gesture === gesture.word).map((one) => one.stand_in)}
              linked={linked}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface GestureCardProps {
  gesture: GestureToTry;
  standIns: readonly string[];
  linked: readonly Connection[];
}

function GestureCard({ gesture: { word, icon: Icon, showsWhenRead, lookAt }, standIns, linked }: GestureCardProps) {
  const { t } = useTranslation('sandbox');
  const make = useGesture();
  const title = t(`gestures.${word}.title`);
  return (
    <Card className="flex h-full flex-col gap-2 p-4">
      <h3 className="flex items-center gap-2 font-semibold">
        <span className="inline-flex size-8 items-center justify-center rounded-full bg-accent-soft text-accent-ink">
          <Icon aria-hidden className="size-4" />
        </span>
        {title}
      </h3>
      <p>
        <span className="font-medium">{t('see')}</span> {t(`gestures.${word}.see`)}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-2 pt-1">
        {standIns.map((standIn) => {
          const provider = t(`common:provider.${providerIdOf(standIn)}`);
          const accounts = linked.filter((connection) => connection.provider === providerIdOf(standIn));
          const order = { stand_in: standIn, gesture: word, read: showsWhenRead ? accounts : [] };
          return (
            <Button
              key={standIn}
              size="small"
              look="primary"
              disabled={accounts.length === 0}
              isPending={make.isPending && make.variables.stand_in === standIn}
              aria-label={t('gestureAt', { gesture: title, provider })}
              onClick={() =>
                make.mutate(order, {
                  onSuccess: () => toast.done(t('made', { gesture: title, provider })),
                  onError: toast.failed,
                })
              }
            >
              {provider}
            </Button>
          );
        })}
      </div>
      <p className="flex flex-wrap gap-x-4">
        <Then screens={lookAt} />
      </p>
    </Card>
  );
}
