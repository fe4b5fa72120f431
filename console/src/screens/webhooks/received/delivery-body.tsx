import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Copy } from 'lucide-react';
import { Button } from '@/components/button';
import { ListState } from '@/components/list';
import { toast } from '@/components/toast';
import { deliveryBodyQuery } from './deliveries.queries';

const LOOKS = ['pretty', 'raw'] as const;

/** What came in: laid out to be read, or byte for byte. What is copied is always what came in. */
export function DeliveryBody({ id }: { id: string }) {
  const { t } = useTranslation('webhooks');
  const query = useQuery(deliveryBodyQuery(id));
  const [look, setLook] = useState<(typeof LOOKS)[number]>('pretty');
  const body = query.data;
  const pretty = body?.encoding === 'utf-8' ? layOut(body.content) : null;

  const copy = async () => {
    await navigator.clipboard.writeText(body?.content ?? '');
    toast.done(t('common:actions.copied'));
  };
  return (
    <section aria-labelledby="delivery-body">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 id="delivery-body" className="font-semibold">
          {t('received.body')}
          {body && (
            <span className="ml-2 text-xs font-normal text-muted">{t('received.bytes', { count: body.bytes })}</span>
          )}
        </h3>
        {body && (
          <span className="flex flex-wrap gap-1">
            {pretty !== null &&
              LOOKS.map((name) => (
                <Button key={name} size="small" aria-pressed={look === name} onClick={() => setLook(name)}>
                  {t(`received.looks.${name}`)}
                </Button>
              ))}
            <Button size="small" onClick={() => void copy()}>
              <Copy aria-hidden />
              {t('received.copyBody')}
            </Button>
          </span>
        )}
      </div>
      <ListState query={query} isEmpty={false} nothingYet={null}>
        {body && (
          <>
            {body.encoding === 'base64' && <p className="mb-2 text-xs text-muted">{t('received.bodyBytes')}</p>}
            <pre
              tabIndex={0}
              aria-labelledby="delivery-body"
              className="max-h-96 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap"
            >
              {look === 'pretty' ? (pretty ?? body.content) : body.content}
            </pre>
          </>
        )}
      </ListState>
    </section>
  );
}

/** Null for what is no JSON. */
function layOut(content: string): string | null {
  try {
    return JSON.stringify(JSON.parse(content), null, 2);
  } catch {
    return null;
  }
}
