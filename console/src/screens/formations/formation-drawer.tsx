import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CalendarArrowDown, CalendarMinus, MoreHorizontal, Pencil, RotateCcw, Trash2 } from 'lucide-react';
import { Button, IconButton } from '@/components/button';
import { Facts } from '@/components/card';
import { Confirm } from '@/components/confirm';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Menu, MenuItem, MenuLine } from '@/components/menu';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { ConflictNotices } from './conflict-notices';
import { ExportPart } from './export-part';
import { FormationForm } from './formation-form';
import { type Formation, formationQuery, useDeleteFormation, useSetStatus } from './formations.queries';
import { saveCalendar } from './save-calendar';
import { ParticipantsPart } from './participants-part';
import { SessionsPart } from './sessions-part';
import { StatusBadge } from './status-badge';

export function FormationDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('formations');
  const query = useQuery(formationQuery(id));
  const [asked, setAsked] = useState<'edit' | 'withdraw' | 'delete' | null>(null);
  const formation = query.data;
  const confirm = useSetStatus(id);
  return (
    <Drawer
      title={formation?.title ?? t('one')}
      hint={formation && <StatusBadge status={formation.status} />}
      onClose={onClose}
      actions={
        formation && (
          <>
            <Menu
              align="start"
              trigger={
                <IconButton
                  label={t('common:actions.moreFor', { subject: formation.title })}
                  className="border border-line"
                >
                  <MoreHorizontal aria-hidden />
                </IconButton>
              }
            >
              {formation.status === 'confirmed' ? (
                <MenuItem icon={<CalendarMinus aria-hidden />} onSelect={() => setAsked('withdraw')}>
                  {t('withdraw')}
                </MenuItem>
              ) : (
                <MenuItem
                  icon={<RotateCcw aria-hidden />}
                  onSelect={() =>
                    confirm.mutate('confirmed', {
                      onSuccess: () => toast.done(t('confirmed')),
                      onError: toast.failed,
                    })
                  }
                >
                  {t('confirm')}
                </MenuItem>
              )}
              <MenuItem
                icon={<CalendarArrowDown aria-hidden />}
                onSelect={() => void saveCalendar(formation).catch(toast.failed)}
              >
                {t('downloadCalendar')}
              </MenuItem>
              <MenuLine />
              <MenuItem icon={<Trash2 aria-hidden />} isDangerous onSelect={() => setAsked('delete')}>
                {t('common:actions.delete')}
              </MenuItem>
            </Menu>
            <Button look="primary" onClick={() => setAsked('edit')}>
              <Pencil aria-hidden />
              {t('common:actions.edit')}
            </Button>
          </>
        )
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {formation && <Detail formation={formation} />}
      </ListState>
      {formation && asked === 'edit' && <FormationForm formation={formation} onClose={() => setAsked(null)} />}
      {formation && asked === 'withdraw' && <Withdraw formation={formation} onClose={() => setAsked(null)} />}
      {formation && asked === 'delete' && (
        <Delete formation={formation} onClose={() => setAsked(null)} onDeleted={onClose} />
      )}
    </Drawer>
  );
}

function Detail({ formation }: { formation: Formation }) {
  const { t } = useTranslation('formations');
  return (
    <div className="space-y-6">
      <ConflictNotices formation={formation} />
      <Facts
        items={[
          [t('location'), formation.location],
          [t('zone'), formation.time_zone],
          [t('invite'), t(formation.invite_participants ? 'inviteYes' : 'inviteNo')],
          [t('changed'), <Time key="changed" at={formation.updated_at} as="both" />],
        ]}
      />
      {formation.description && <p className="break-words whitespace-pre-wrap">{formation.description}</p>}
      <ExportPart formation={formation} />
      <SessionsPart formation={formation} />
      <ParticipantsPart formation={formation} />
    </div>
  );
}

/** Only a confirmed formation stands in calendars: as a draft it leaves them, and nothing else of it changes. */
function Withdraw({ formation, onClose }: { formation: Formation; onClose: () => void }) {
  const { t } = useTranslation('formations');
  const setStatus = useSetStatus(formation.id);
  return (
    <Confirm
      title={t('withdrawTitle', { title: formation.title })}
      action={t('withdraw')}
      isPending={setStatus.isPending}
      error={setStatus.error}
      onClose={onClose}
      onConfirm={() =>
        setStatus.mutate('draft', {
          onSuccess: () => {
            toast.done(t('withdrawn'));
            onClose();
          },
        })
      }
    >
      <p>{t('withdrawGone')}</p>
      <p>{t('withdrawKept')}</p>
    </Confirm>
  );
}

function Delete({
  formation,
  onClose,
  onDeleted,
}: {
  formation: Formation;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useTranslation('formations');
  const deletion = useDeleteFormation(formation.id);
  return (
    <Confirm
      title={t('deleteTitle', { title: formation.title })}
      action={t('common:actions.delete')}
      isPending={deletion.isPending}
      error={deletion.error}
      onClose={onClose}
      onConfirm={() =>
        deletion.mutate(undefined, {
          onSuccess: () => {
            toast.done(t('deleted'));
            onDeleted();
          },
        })
      }
    >
      <p>{t('deleteGone')}</p>
    </Confirm>
  );
}
