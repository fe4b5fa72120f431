import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CalendarX, CircleCheck, KeyRound, Link2 } from 'lucide-react';
import { bodyOf, rest } from '@/api/passerelle';
import { Badge, Tag } from '@/components/badge';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { ListState, NothingYet } from '@/components/list';
import { Notice, ProblemNotice } from '@/components/notice';

const CALENDARS = [
  ['google', 'Google Calendar'],
  ['office365', 'Office 365'],
] as const;

const statusQuery = queryOptions({
  queryKey: ['connections', 'cal-com'],
  queryFn: async () => (await bodyOf(rest.GET('/api/cal/calendars/status'))).data,
});

/** The calendars that a person has linked at Cal.com, and what this server's way of connecting does not allow. */
export function CalComPart() {
  const { t } = useTranslation('connections');
  const query = useQuery(statusQuery);
  const link = useMutation({
    mutationFn: async (type: 'google' | 'office365') =>
      (await bodyOf(rest.GET('/api/cal/calendars/oauth-connect-url', { params: { query: { type } } }))).data.authUrl,
    onSuccess: (address) => window.location.assign(address),
  });
  return (
    <div className="space-y-4">
      <Card>
        <CardHeader title={t('calCom.title')} hint={t('calCom.hint')}>
          {CALENDARS.map(([type, calendar]) => (
            <Button
              key={type}
              size="small"
              isPending={(link.isPending || link.isSuccess) && link.variables === type}
              onClick={() => link.mutate(type)}
            >
              <Link2 aria-hidden />
              {t('calCom.link', { calendar })}
            </Button>
          ))}
        </CardHeader>
        <div className="space-y-3 p-4">
          {link.isError && <ProblemNotice error={link.error} />}
          <ListState
            query={query}
            isEmpty={query.data?.calendars.length === 0}
            nothingYet={
              <NothingYet icon={CalendarX} title={t('calCom.none')}>
                {t('calCom.noneHint')}
              </NothingYet>
            }
          >
            <ul className="divide-y divide-line">
              {query.data?.calendars.map((calendar) => (
                <li key={calendar.credential_id} className="py-2">
                  <div className="flex flex-wrap items-center gap-2">
                    <span className="min-w-0 flex-1 truncate font-medium">{calendar.name}</span>
                    {calendar.is_destination && <Tag>{t('calCom.destination')}</Tag>}
                    {calendar.status === 'connected' ? (
                      <Badge tone="good" icon={CircleCheck}>
                        {t('calCom.works')}
                      </Badge>
                    ) : (
                      <Badge tone="bad" icon={KeyRound}>
                        {t('calCom.dead')}
                      </Badge>
                    )}
                  </div>
                  {calendar.status_reason && <p className="text-muted">{calendar.status_reason}</p>}
                </li>
              ))}
            </ul>
          </ListState>
        </div>
      </Card>
      {query.data?.mode_limits.map(({ feature, reason }) => (
        <Notice key={feature} tone="info">
          {reason}
        </Notice>
      ))}
    </div>
  );
}
