import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RotateCcw } from 'lucide-react';
import { Button } from '@/components/button';
import { Facts } from '@/components/card';
import { CopyText } from '@/components/copy-text';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Notice } from '@/components/notice';
import { Tab, Tabs } from '@/components/tabs';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { MailBadge } from './mail-badge';
import { mailErrorWord } from './mail-error';
import { PreviewLanguageSwitch } from './preview-language';
import { canResend, type MailDetail, type MailPreview, mailQuery, useResend } from './mails.queries';

const LINK = 'text-accent-ink underline underline-offset-2';

export function MailDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('mails');
  const query = useQuery(mailQuery(id));
  const resend = useResend(id);
  const mail = query.data;
  return (
    <Drawer
      title={mail ? (mail.subject ?? t('forgotten')) : t('one')}
      hint={mail && <MailBadge state={mail.state} />}
      onClose={onClose}
      actions={
        mail &&
        canResend(mail) && (
          <Button
            look="primary"
            isPending={resend.isPending}
            onClick={() =>
              resend.mutate(undefined, { onSuccess: () => toast.done(t('resent')), onError: toast.failed })
            }
          >
            <RotateCcw aria-hidden />
            {t('resend')}
          </Button>
        )
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {mail && <Detail mail={mail} />}
      </ListState>
    </Drawer>
  );
}

function Detail({ mail }: { mail: MailDetail }) {
  const { t } = useTranslation('mails');
  return (
    <div className="space-y-5">
      {mail.last_error && (
        <Notice tone={mail.state === 'queued' ? 'warn' : 'bad'} title={mailErrorWord(mail.last_error, t)}>
          <CopyText text={mail.last_error} />
        </Notice>
      )}
      {mail.state === 'not_sent' && <Notice tone="idle">{t('notSentHint')}</Notice>}
      <Facts
        items={[
          [t('recipient'), <CopyText key="recipient" text={mail.recipient} />],
          [t('kind'), t(`kinds.${mail.kind}`)],
          [t('created'), <Time key="created" at={mail.created_at} as="both" />],
          [t('sentAt'), mail.sent_at && <Time at={mail.sent_at} as="both" />],
          [t('nextTry'), mail.next_attempt_at && <Time at={mail.next_attempt_at} as="both" />],
          [t('attempts'), mail.attempts],
          [
            t('about'),
            mail.prospect_id && (
              <Link to="/prospects" search={{ open: mail.prospect_id }} className={LINK}>
                {t('seeProspect')}
              </Link>
            ),
          ],
          [t('messageId'), <CopyText key="id" text={mail.message_id} />],
        ]}
      />
      {mail.preview ? (
        <TranslatedPreview mail={mail} preview={mail.preview} />
      ) : (
        <p className="text-muted">{t('previewGone')}</p>
      )}
    </div>
  );
}

/** In the language that the mail goes out in, or as it would read in the other. */
function TranslatedPreview({ mail, preview }: { mail: MailDetail; preview: MailPreview }) {
  const { t } = useTranslation('mails');
  const [language, setLanguage] = useState(mail.locale);
  const isOwn = language === mail.locale;
  const other = useQuery({ ...mailQuery(mail.id, language), enabled: !isOwn });
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <PreviewLanguageSwitch value={language} onChange={setLanguage} />
        {!isOwn && <p className="text-xs text-muted">{t('previewOther')}</p>}
      </div>
      {isOwn ? (
        <Preview preview={preview} />
      ) : (
        <ListState
          query={other}
          isEmpty={other.data?.preview === null}
          nothingYet={<p className="text-muted">{t('previewGone')}</p>}
        >
          {other.data?.preview && <Preview preview={other.data.preview} />}
        </ListState>
      )}
    </div>
  );
}

type Part = 'html' | 'text' | 'attachments';

function Preview({ preview }: { preview: MailPreview }) {
  const { t } = useTranslation('mails');
  const [part, setPart] = useState<Part>('html');
  const parts: Part[] = preview.attachments.length > 0 ? ['html', 'text', 'attachments'] : ['html', 'text'];
  return (
    <section aria-label={t('preview')}>
      {preview.reply_to && <p className="mb-2 text-xs text-muted">{t('replyTo', { address: preview.reply_to })}</p>}
      <Tabs
        label={t('preview')}
        value={part}
        onChange={setPart}
        tabs={parts.map((name) => [name, t(`parts.${name}`)] as const)}
      >
        <Tab value="html">
          {/* Nothing in it may run, load, or leave its frame. */}
          <iframe
            title={t('previewOf', { subject: preview.subject })}
            sandbox=""
            srcDoc={preview.html}
            referrerPolicy="no-referrer"
            className="h-[32rem] w-full rounded-md border border-line bg-[#fff]"
          />
        </Tab>
        <Tab value="text">
          <Source text={preview.text} />
        </Tab>
        <Tab value="attachments">
          {preview.attachments.map(({ filename, content }) => (
            <div key={filename}>
              <p className="mb-1 font-medium">{filename}</p>
              <Source text={content} />
            </div>
          ))}
        </Tab>
      </Tabs>
    </section>
  );
}

function Source({ text }: { text: string }) {
  return (
    <pre
      tabIndex={0}
      className="max-h-[32rem] overflow-auto rounded-md bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap"
    >
      {text}
    </pre>
  );
}
