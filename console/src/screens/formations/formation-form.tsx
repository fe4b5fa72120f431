import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CalendarPlus, Plus } from 'lucide-react';
import { useMe } from '@/api/account';
import { Button } from '@/components/button';
import { Dialog } from '@/components/drawer';
import { Form, type FormValues, SelectField, SwitchRow, TextAreaField, TextField } from '@/components/form';
import { toast } from '@/components/toast';
import { FORMATION_STATUSES, type Formation, useWriteFormation } from './formations.queries';
import { type DraftPerson, type DraftSession, draftOf, toWritten, withDates } from './formation-draft';
import { PersonFields } from './person-fields';
import { MOST_DATES, type Occurrence } from './recurrence';
import { RecurrenceDialog } from './recurrence-dialog';
import { SessionFields } from './session-fields';

interface FormationFormProps {
  /** None yet: a new one is written down. */
  formation: Formation | null;
  onClose: () => void;
  onWritten?: (formation: Formation) => void;
}

const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export function FormationForm({ formation, onClose, onWritten }: FormationFormProps) {
  const { t } = useTranslation('formations');
  const id = useId();
  const { organization } = useMe();
  const write = useWriteFormation(formation?.id ?? null);
  const [draft] = useState(() => draftOf(formation));
  const [sessions, setSessions] = useState<readonly DraftSession[]>(draft.sessions);
  const [people, setPeople] = useState<readonly DraftPerson[]>(draft.people);
  const [invites, setInvites] = useState(formation?.invite_participants ?? false);
  /** How many dates a series may have, while somebody plans one. */
  const [room, setRoom] = useState<number | null>(null);
  const ownZone = formation?.time_zone ?? organization.time_zone;
  const [chosenZone, setChosenZone] = useState(ownZone);
  const zones = ZONES.includes(ownZone) ? ZONES : [ownZone, ...ZONES];

  /** A line of which neither begin nor title is said: the first one of a new training, most often. */
  const isEmpty = (index: number) => {
    const fields = (document.getElementById(id) as HTMLFormElement | null)?.elements;
    const valueOf = (name: string) =>
      (fields?.namedItem(`sessions/${index}/${name}`) as HTMLInputElement | null)?.value;
    return valueOf('starts_at') === '' && valueOf('title') === '';
  };
  const planSeries = () => setRoom(MOST_DATES - withDates(sessions, [], isEmpty).length);
  const addDates = (dates: readonly Occurrence[]) => {
    setSessions(withDates(sessions, dates, isEmpty));
    setRoom(null);
  };

  const submit = (values: FormValues) =>
    write.mutate(toWritten(values, { sessions, people, invites }), {
      onSuccess: (written) => {
        toast.done(t(formation ? 'saved' : 'added'));
        onClose();
        onWritten?.(written);
      },
    });

  return (
    <Dialog
      title={t(formation ? 'edit' : 'add')}
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
        <TextField name="title" label={t('name')} defaultValue={formation?.title} maxLength={300} required />
        <TextAreaField
          name="description"
          label={t('description')}
          rows={3}
          defaultValue={formation?.description ?? ''}
          maxLength={8_000}
        />
        <TextField name="location" label={t('location')} defaultValue={formation?.location ?? ''} maxLength={500} />
        <div className="grid gap-3.5 sm:grid-cols-2">
          <SelectField
            name="time_zone"
            label={t('zone')}
            required
            value={chosenZone}
            onChange={(event) => setChosenZone(event.target.value)}
            options={zones.map((zone) => [zone, zone])}
          />
          <SelectField
            name="status"
            label={t('status')}
            hint={t('statusHint')}
            required
            defaultValue={formation?.status ?? 'confirmed'}
            options={FORMATION_STATUSES.map((status) => [status, t(`statuses.${status}`)])}
          />
        </div>
        <fieldset className="space-y-2">
          <legend className="mb-1 font-semibold">{t('sessions')}</legend>
          {sessions.map((session, index) => (
            <SessionFields
              key={session.key}
              session={session}
              index={index}
              onRemove={() => setSessions((former) => former.filter(({ key }) => key !== session.key))}
            />
          ))}
          <Button
            size="small"
            onClick={() => setSessions((former) => [...former, { key: crypto.randomUUID(), known: null }])}
          >
            <Plus aria-hidden />
            {t('addSession')}
          </Button>
          <Button size="small" className="ml-2" onClick={planSeries}>
            <CalendarPlus aria-hidden />
            {t('addSeries')}
          </Button>
        </fieldset>
        <fieldset className="space-y-2">
          <legend className="mb-1 font-semibold">{t('participants')}</legend>
          {people.map((person, index) => (
            <PersonFields
              key={person.key}
              person={person}
              index={index}
              onRemove={() => {
                setPeople((former) => former.filter(({ key }) => key !== person.key));
                // Dates that were for them alone go with them.
                setSessions((former) =>
                  former.filter(({ known }) => !person.known || known?.participant_id !== person.known.id),
                );
              }}
            />
          ))}
          <Button
            size="small"
            onClick={() => setPeople((former) => [...former, { key: crypto.randomUUID(), known: null }])}
          >
            <Plus aria-hidden />
            {t('addPerson')}
          </Button>
        </fieldset>
        <SwitchRow label={t('invite')} hint={t('inviteHint')} checked={invites} onChange={setInvites} />
      </Form>
      {room !== null && (
        <RecurrenceDialog zone={chosenZone} room={room} onClose={() => setRoom(null)} onDates={addDates} />
      )}
    </Dialog>
  );
}
