import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { Form, type FormValues, TextAreaField, TextField } from '@/components/form';
import { toast } from '@/components/toast';
import { type Prospect, type ProspectDetail, useWriteProspect } from './prospects.queries';

interface ProspectFormProps {
  /** Nobody yet: a new one is written down. */
  prospect: ProspectDetail | null;
  onClose: () => void;
  onWritten?: (prospect: Prospect) => void;
}

export function ProspectForm({ prospect, onClose, onWritten }: ProspectFormProps) {
  const { t } = useTranslation('prospects');
  const id = useId();
  const write = useWriteProspect(prospect?.id ?? null);
  const submit = ({ status, ...values }: FormValues) =>
    write.mutate(
      { ...values, ...(status && { status }) },
      {
        onSuccess: (written) => {
          toast.done(t(prospect ? 'saved' : 'added'));
          onClose();
          onWritten?.(written);
        },
      },
    );
  const ownNote = prospect?.note_entries.find(({ source }) => source === 'manual')?.text;

  return (
    <Dialog
      title={t(prospect ? 'edit' : 'add')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:actions.cancel')}</Button>
          <Button type="submit" form={id} look="primary" isPending={write.isPending}>
            {t('common:actions.save')}
          </Button>
        </>
      }
    >
      <Form id={id} error={write.error} onSubmit={submit}>
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField name="firstname" label={t('firstname')} defaultValue={prospect?.firstname} maxLength={200} />
          <TextField name="lastname" label={t('lastname')} defaultValue={prospect?.lastname} maxLength={200} />
        </div>
        <TextField name="email" label={t('email')} type="email" defaultValue={prospect?.email ?? ''} maxLength={254} />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <TextField name="phone" label={t('phone')} type="tel" defaultValue={prospect?.phone ?? ''} maxLength={40} />
          <TextField
            name="status"
            label={t('status')}
            hint={t('statusHint')}
            defaultValue={prospect?.status}
            maxLength={40}
          />
        </div>
        <TextAreaField
          name="notes"
          label={t('notesField')}
          hint={t('notesHint')}
          defaultValue={ownNote}
          maxLength={20_000}
        />
      </Form>
    </Dialog>
  );
}
