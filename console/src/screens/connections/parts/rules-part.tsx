import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bodyOf, type components, rest } from '@/api/passerelle';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { Form, type FormValues, SelectField, SwitchRow, TextField } from '@/components/form';
import { ListState } from '@/components/list';
import { toast } from '@/components/toast';
import type { ConnectionDetail } from '../connections.queries';
import { calendarTypeOf, useCalendarSettings } from './calendar-settings';

type CalendlySettings = components['schemas']['CalendlySettingsDto'];
type ImportDays = NonNullable<CalendlySettings['import_days']>;

const IMPORT_DAYS: readonly ImportDays[] = [0, 30, 90, 365];

export function RulesPart({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  if (connection.kind === 'calendar') return <CalendarRules connection={connection} />;
  if (connection.provider === 'calendly') return <CalendlyRules />;
  return <p className="text-muted">{t('rules.none')}</p>;
}

function CalendarRules({ connection }: { connection: ConnectionDetail }) {
  const { t } = useTranslation('connections');
  const { change, isPending } = useCalendarSettings(calendarTypeOf(connection));
  const { settings } = connection;
  return (
    <Card>
      <CardHeader title={t('rules.title')} />
      <div className="divide-y divide-line px-4 py-1">
        <SwitchRow
          label={t('rules.import')}
          hint={t('rules.importHint')}
          checked={settings.import ?? false}
          disabled={isPending}
          onChange={(isOn) => change({ import: isOn })}
        />
        <SwitchRow
          label={t('rules.export')}
          hint={t('rules.exportHint')}
          checked={settings.export ?? false}
          disabled={isPending}
          onChange={(isOn) => change({ export: isOn })}
        />
        <SwitchRow
          label={t('rules.sync')}
          hint={t('rules.syncHint')}
          checked={settings.auto_sync_enabled}
          disabled={isPending}
          onChange={(isOn) => change({ sync: isOn })}
        />
      </div>
    </Card>
  );
}

function CalendlyRules() {
  const { t } = useTranslation('connections');
  const queryClient = useQueryClient();
  const query = useQuery({
    queryKey: ['connections', 'calendly-settings'],
    queryFn: () => bodyOf(rest.GET('/api/calendly/status')),
  });
  const patch = useMutation({
    mutationFn: (body: CalendlySettings) => bodyOf(rest.PATCH('/api/calendly/settings', { body })),
    onSuccess: () => {
      toast.done(t('saved'));
      return queryClient.invalidateQueries({ queryKey: ['connections'] });
    },
  });
  const submit = ({ sync_interval_minutes: minutes, import_days: days, calendly_link: link }: FormValues) =>
    patch.mutate({
      sync_interval_minutes: Number(minutes),
      import_days: Number(days) as ImportDays,
      calendly_link: link || null,
    });
  const { data } = query;
  return (
    <ListState query={query} isEmpty={false} nothingYet={null}>
      {data && (
        <Card>
          <CardHeader title={t('rules.title')} />
          <div className="space-y-4 p-4">
            <SwitchRow
              label={t('rules.autoSync')}
              hint={t('rules.autoSyncHint')}
              checked={data.auto_sync_enabled}
              disabled={patch.isPending}
              onChange={(isOn) => patch.mutate({ auto_sync_enabled: isOn }, { onError: toast.failed })}
            />
            <div className="max-w-md">
              <Form label={t('rules.title')} error={patch.error} onSubmit={submit}>
                <TextField
                  name="sync_interval_minutes"
                  label={t('rules.interval')}
                  hint={t('rules.intervalHint')}
                  type="number"
                  min={5}
                  max={1_440}
                  defaultValue={data.sync_interval_minutes}
                  required
                />
                <SelectField
                  name="import_days"
                  label={t('rules.importDays')}
                  hint={t('rules.importDaysHint')}
                  defaultValue={String(data.import_days)}
                  options={IMPORT_DAYS.map((days) => [String(days), t('rules.days', { count: days })])}
                  required
                />
                <TextField
                  name="calendly_link"
                  label={t('rules.link')}
                  hint={t('rules.linkHint')}
                  type="url"
                  placeholder="https://calendly.com/…"
                  defaultValue={data.calendly_link ?? ''}
                />
                <Button type="submit" look="primary" isPending={patch.isPending}>
                  {t('common:actions.save')}
                </Button>
              </Form>
            </div>
          </div>
        </Card>
      )}
    </ListState>
  );
}
