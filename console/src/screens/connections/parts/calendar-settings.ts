import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { bodyOf, type components, rest } from '@/api/passerelle';
import { toast } from '@/components/toast';
import type { Connection } from '../connections.queries';

type Change = components['schemas']['PatchCalendarSettingsDto'];

/** As the calendar routes call it. */
export const calendarTypeOf = ({ provider }: Connection): string => provider.replace(/-calendar$/, '');

/** Stores a change as soon as it is made. */
export function useCalendarSettings(type: string) {
  const { t } = useTranslation('connections');
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (body: Change) =>
      bodyOf(rest.PUT('/api/calendar-integration/integrations/{type}/settings', { params: { path: { type } }, body })),
    onSuccess: () => toast.done(t('saved')),
    onError: toast.failed,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['connections'] }),
  });
  return { change: (change: Change) => mutate(change), isPending };
}
