import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Card, CardHeader } from '@/components/card';
import { Form, SelectField, SwitchRow, TextAreaField } from '@/components/form';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { type MailSettings, mailSettingsQuery, useChangeMailSettings } from './mails.queries';

/** Where the organization wants its mail. What each person wants for themselves is in their preferences. */
export function MailSettingsPart() {
  const { t } = useTranslation('mails');
  const query = useQuery(mailSettingsQuery);
  return (
    <ListState query={query} isEmpty={false} nothingYet={null}>
      {query.data && (
        <>
          {!query.data.sending && (
            <Notice tone="info" title={t('settings.notSending')}>
              {t('settings.notSendingHint')}
            </Notice>
          )}
          <Card className="max-w-2xl">
            <CardHeader title={t('settings.title')} hint={t('settings.hint')} />
            <div className="px-4 py-3">
              <Settings settings={query.data} />
            </div>
          </Card>
        </>
      )}
    </ListState>
  );
}

function Settings({ settings }: { settings: MailSettings }) {
  const { t } = useTranslation('mails');
  const id = useId();
  const change = useChangeMailSettings();
  const flip = useChangeMailSettings();
  return (
    <>
      <SwitchRow
        label={t('settings.enabled')}
        hint={t('settings.enabledHint')}
        checked={settings.enabled}
        disabled={flip.isPending}
        onChange={(enabled) =>
          flip.mutate({ enabled }, { onSuccess: () => toast.done(t('settings.saved')), onError: toast.failed })
        }
      />
      <hr className="my-3 border-line" />
      {/* Anew when the server has other values than those that stand here. */}
      <Form
        key={JSON.stringify(settings)}
        id={id}
        error={change.error}
        onSubmit={({ recipients = '', locale, digest }) =>
          change.mutate(
            {
              recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ''),
              locale: locale === 'fr' || locale === 'en' ? locale : null,
              digest: digest === 'daily' ? 'daily' : 'off',
            },
            { onSuccess: () => toast.done(t('settings.saved')) },
          )
        }
      >
        <TextAreaField
          name="recipients"
          label={t('settings.recipients')}
          hint={t('settings.recipientsHint')}
          defaultValue={settings.recipients.join('\n')}
        />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <SelectField
            name="locale"
            label={t('settings.locale')}
            required
            defaultValue={settings.locale ?? 'own'}
            options={[
              ['own', t('settings.localeOwn')],
              ['fr', 'Français'],
              ['en', 'English'],
            ]}
          />
          <SelectField
            name="digest"
            label={t('settings.digest')}
            required
            defaultValue={settings.digest}
            options={[
              ['off', t('settings.digestOff')],
              ['daily', t('settings.digestDaily')],
            ]}
          />
        </div>
        {settings.next_digest_at && (
          <p className="text-muted">
            {t('settings.nextDigest')} <Time at={settings.next_digest_at} as="absolute" />
          </p>
        )}
        <Button type="submit" look="primary" isPending={change.isPending}>
          {t('common:actions.save')}
        </Button>
      </Form>
    </>
  );
}
