import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { Form, SwitchRow, TextField } from '@/components/form';
import { toast } from '@/components/toast';
import {
  type Endpoint,
  type EndpointWithSecret,
  EVENT_NAMES,
  type EventName,
  useWriteEndpoint,
} from './endpoints.queries';

interface EndpointFormProps {
  /** None yet: a new one is made. */
  endpoint: Endpoint | null;
  onClose: () => void;
  onWritten?: (written: Endpoint | EndpointWithSecret) => void;
}

export function EndpointForm({ endpoint, onClose, onWritten }: EndpointFormProps) {
  const { t } = useTranslation('webhooks');
  const id = useId();
  const write = useWriteEndpoint(endpoint?.id ?? null);
  const [events, setEvents] = useState<ReadonlySet<EventName>>(
    () => new Set(endpoint?.events ?? ['prospect.created', 'booking.created', 'booking.moved', 'booking.canceled']),
  );
  const [isEnabled, setEnabled] = useState(endpoint?.enabled ?? true);
  const toggle = (name: EventName) =>
    setEvents((former) => new Set(former.has(name) ? [...former].filter((one) => one !== name) : [...former, name]));

  return (
    <Dialog
      title={t(endpoint ? 'sent.edit' : 'sent.add')}
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
      <Form
        id={id}
        error={write.error}
        onSubmit={({ url = '' }) =>
          write.mutate(
            { url: url.trim(), events: EVENT_NAMES.filter((name) => events.has(name)), enabled: isEnabled },
            {
              onSuccess: (written) => {
                toast.done(t(endpoint ? 'sent.saved' : 'sent.added'));
                onClose();
                onWritten?.(written);
              },
            },
          )
        }
      >
        <TextField
          name="url"
          label={t('sent.url')}
          hint={t('sent.urlHint')}
          type="url"
          inputMode="url"
          placeholder="https://crm.example/hooks/passerelle"
          defaultValue={endpoint?.url}
          maxLength={2000}
          required
        />
        <fieldset>
          <legend className="mb-1 font-medium">{t('sent.events')}</legend>
          <div className="grid gap-x-4 sm:grid-cols-2">
            {EVENT_NAMES.map((name) => (
              <label key={name} className="flex min-h-8 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  checked={events.has(name)}
                  onChange={() => toggle(name)}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0">
                  {t(`sent.eventNames.${name.replace('.', '_')}`)}
                  <code className="block font-mono text-2xs text-muted">{name}</code>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <SwitchRow label={t('sent.enabled')} hint={t('sent.enabledHint')} checked={isEnabled} onChange={setEnabled} />
      </Form>
    </Dialog>
  );
}
