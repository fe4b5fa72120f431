import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RotateCcw } from 'lucide-react';
import { IconButton } from '@/components/button';
import { ListState } from '@/components/list';
import { toast } from '@/components/toast';
import { type Preference, preferencesQuery, useChoosePreference } from './notifications.queries';

/** How each kind reaches the person who looks at it: in the application, by e-mail, both, or not at all. */
export function PreferencesPart() {
  const { t } = useTranslation('notifications');
  const query = useQuery(preferencesQuery);
  return (
    <>
      <p className="max-w-[70ch] text-muted">{t('preferencesHint')}</p>
      <ListState query={query} isEmpty={false} nothingYet={null}>
        <div className="overflow-x-auto rounded-lg border border-line bg-surface shadow-card">
          <table className="w-full border-collapse text-left">
            <caption className="sr-only">{t('tabs.preferences')}</caption>
            <thead>
              <tr className="border-b border-line bg-sunken/60 text-xs text-muted">
                <th scope="col" className="h-8 px-4 font-medium">
                  {t('kind')}
                </th>
                <th scope="col" className="px-2 text-center font-medium">
                  {t('inApp')}
                </th>
                <th scope="col" className="px-2 text-center font-medium">
                  {t('byMail')}
                </th>
                <th scope="col" className="w-10">
                  <span className="sr-only">{t('byDefault')}</span>
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {query.data?.map((preference) => (
                <PreferenceRow key={preference.kind} preference={preference} />
              ))}
            </tbody>
          </table>
        </div>
      </ListState>
    </>
  );
}

function PreferenceRow({ preference }: { preference: Preference }) {
  const { t } = useTranslation('notifications');
  const choose = useChoosePreference();
  const { kind, in_app: inApp, email, chosen } = preference;
  const word = t(`kinds.${kind}`);
  const set = (choice: { in_app: boolean; email: boolean } | null) =>
    choose.mutate({ kind, choice }, { onSuccess: () => toast.done(t('chosen')), onError: toast.failed });
  return (
    <tr>
      <th scope="row" className="h-12 px-4 py-1.5 font-medium">
        {word}
        <span className="block text-xs font-normal text-muted">
          {!inApp && !email ? t('notAtAll') : chosen ? t('ownChoice') : t('byDefault')}
        </span>
      </th>
      <td className="px-2 text-center">
        <Box
          label={t('inAppOf', { kind: word })}
          checked={inApp}
          disabled={choose.isPending}
          onChange={(next) => set({ in_app: next, email })}
        />
      </td>
      <td className="px-2 text-center">
        <Box
          label={t('byMailOf', { kind: word })}
          checked={email}
          disabled={choose.isPending}
          onChange={(next) => set({ in_app: inApp, email: next })}
        />
      </td>
      <td className="pr-2 text-right">
        {chosen && (
          <IconButton label={t('resetOf', { kind: word })} disabled={choose.isPending} onClick={() => set(null)}>
            <RotateCcw aria-hidden />
          </IconButton>
        )}
      </td>
    </tr>
  );
}

function Box({
  label,
  checked,
  disabled,
  onChange,
}: {
  label: string;
  checked: boolean;
  disabled: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="inline-flex size-8 cursor-pointer items-center justify-center">
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-accent"
      />
    </label>
  );
}
