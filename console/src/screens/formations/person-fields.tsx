import { useTranslation } from 'react-i18next';
import { Trash2 } from 'lucide-react';
import { IconButton } from '@/components/button';
import { SelectField, TextField } from '@/components/form';
import type { DraftPerson } from './formation-draft';

export function PersonFields({
  person: { known },
  index,
  onRemove,
}: {
  person: DraftPerson;
  index: number;
  onRemove: () => void;
}) {
  const { t } = useTranslation('formations');
  const number = index + 1;
  return (
    <div role="group" aria-label={t('personNumber', { number })} className="rounded-md border border-line p-3">
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 gap-3 sm:grid-cols-2">
          <TextField
            name={`participants/${index}/email`}
            label={t('email')}
            type="email"
            defaultValue={known?.email}
            maxLength={254}
            required
          />
          <TextField
            name={`participants/${index}/name`}
            label={t('personName')}
            defaultValue={known?.name ?? ''}
            maxLength={200}
          />
          <SelectField
            name={`participants/${index}/role`}
            label={t('role')}
            required
            defaultValue={known?.role ?? 'participant'}
            options={[
              ['participant', t('roles.participant')],
              ['trainer', t('roles.trainer')],
            ]}
          />
        </div>
        <IconButton label={t('removePerson', { number })} onClick={onRemove}>
          <Trash2 aria-hidden />
        </IconButton>
      </div>
    </div>
  );
}
