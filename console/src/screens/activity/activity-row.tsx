import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Tag, TONES } from '@/components/badge';
import { ROW_LINK } from '@/components/table';
import { Time } from '@/components/time';
import { useFresh } from '@/live/fresh';
import { causeLinkOf } from '../notifications/cause-link';
import { KIND_LOOKS, kindOf } from '../notifications/notification-kinds';
import type { Notification, RecentMails } from './activity.queries';
import { StepIcons } from './step-icons';
import { stepsOf, textIn } from './steps';

export function ActivityRow({ notification, mails }: { notification: Notification; mails: RecentMails | undefined }) {
  const { t } = useTranslation('activity');
  const isFresh = useFresh().has(notification.id);
  const { message, title, created_at: at, meta } = notification;
  const kind = kindOf(notification.type);
  const { icon: Icon, tone } = KIND_LOOKS[kind];
  const cause = causeLinkOf(notification);
  const provider = textIn(meta, 'provider');
  const steps = stepsOf(notification, mails);
  return (
    <li
      data-fresh={isFresh || undefined}
      className={`relative flex items-start gap-3 px-4 py-3 transition-colors hover:bg-sunken/60 ${isFresh ? 'fresh-row' : ''}`}
    >
      <span className={`inline-flex size-8 shrink-0 items-center justify-center rounded-full ${TONES[tone]}`}>
        <Icon aria-hidden className="size-4" />
        <span className="sr-only">{t(`notifications:kinds.${kind}`)}</span>
      </span>
      <div className="min-w-0 flex-1">
        <p className="break-words">
          {cause ? (
            <Link {...cause} className={ROW_LINK}>
              {message || title}
            </Link>
          ) : (
            <span className="font-medium">{message || title}</span>
          )}
        </p>
        <div className="relative z-10 mt-1.5 flex w-fit flex-wrap items-center gap-x-3 gap-y-1.5">
          {steps.length > 0 && <StepIcons steps={steps} />}
          <Time at={at} className="text-xs text-muted sm:hidden" />
          {provider && <Tag>{t(`common:provider.${provider}`, { defaultValue: provider })}</Tag>}
        </div>
      </div>
      <Time at={at} className="mt-0.5 shrink-0 text-xs text-muted max-sm:hidden" />
    </li>
  );
}
