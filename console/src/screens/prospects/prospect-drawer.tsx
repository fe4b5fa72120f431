import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pencil, Trash2 } from 'lucide-react';
import { Tag } from '@/components/badge';
import { Button } from '@/components/button';
import { Facts } from '@/components/card';
import { Confirm } from '@/components/confirm';
import { CopyText } from '@/components/copy-text';
import { Drawer } from '@/components/drawer';
import { ListState } from '@/components/list';
import { Time } from '@/components/time';
import { toast } from '@/components/toast';
import { useFresh } from '@/live/fresh';
import { noteSeenProspect } from '../home/seen-prospect';
import { ProspectForm } from './prospect-form';
import { ProspectTimeline } from './prospect-timeline';
import { nameOf, sourceWord, statusWord } from './prospect-words';
import { type ProspectDetail, prospectQuery, useDeleteProspect } from './prospects.queries';

export function ProspectDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('prospects');
  const query = useQuery(prospectQuery(id));
  const [asked, setAsked] = useState<'edit' | 'delete' | null>(null);
  const prospect = query.data;
  useEffect(() => {
    if (prospect) noteSeenProspect();
  }, [prospect]);

  return (
    <Drawer
      title={prospect ? <bdi>{nameOf(prospect, t)}</bdi> : t('title')}
      hint={
        prospect && (
          <span className="flex flex-wrap gap-1.5">
            <Tag>{statusWord(prospect.status, t)}</Tag>
            <Tag>{sourceWord(prospect.source, t)}</Tag>
          </span>
        )
      }
      onClose={onClose}
      actions={
        prospect && (
          <>
            <Button look="danger" onClick={() => setAsked('delete')}>
              <Trash2 aria-hidden />
              {t('common:actions.delete')}
            </Button>
            <Button look="primary" onClick={() => setAsked('edit')}>
              <Pencil aria-hidden />
              {t('common:actions.edit')}
            </Button>
          </>
        )
      }
    >
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {prospect && <Detail prospect={prospect} />}
      </ListState>
      {asked === 'edit' && prospect && <ProspectForm prospect={prospect} onClose={() => setAsked(null)} />}
      {asked === 'delete' && prospect && (
        <DeleteProspect prospect={prospect} onClose={() => setAsked(null)} onDeleted={onClose} />
      )}
    </Drawer>
  );
}

function Detail({ prospect }: { prospect: ProspectDetail }) {
  const { t } = useTranslation('prospects');
  const isFresh = useFresh().has(prospect.id);
  const { email, phone, created_at: createdAt, updated_at: updatedAt } = prospect;
  return (
    <div className="space-y-6">
      <section aria-label={t('identity')} className={`-mx-2 rounded-md px-2 py-1 ${isFresh ? 'fresh-row' : ''}`}>
        <Facts
          items={[
            [t('email'), email && <CopyText text={email} />],
            [t('phone'), phone && <CopyText text={phone} />],
            [t('created'), <Time key="created" at={createdAt} as="both" />],
            [t('changed'), <Time key="changed" at={updatedAt} as="both" />],
          ]}
        />
      </section>
      <ProspectTimeline bookings={prospect.bookings} notes={prospect.note_entries} />
    </div>
  );
}

function DeleteProspect({
  prospect,
  onClose,
  onDeleted,
}: {
  prospect: ProspectDetail;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const { t } = useTranslation('prospects');
  const deletion = useDeleteProspect(prospect.id);
  return (
    <Confirm
      title={t('deleteTitle', { name: nameOf(prospect, t) })}
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
      <p>{t('deleteKept')}</p>
    </Confirm>
  );
}
