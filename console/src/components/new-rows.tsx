import { useTranslation } from 'react-i18next';
import { ArrowUp } from 'lucide-react';

/** Rows that have come while somebody was reading further down: they wait behind this until asked for. */
export function NewRowsPill({ count, onShow }: { count: number; onShow: () => void }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <div className="pointer-events-none sticky top-16 z-20 flex h-0 justify-center">
      <button
        type="button"
        onClick={onShow}
        className="pop pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded-full bg-accent px-3 text-xs font-semibold text-on-accent shadow-high hover:bg-accent-hover"
      >
        <ArrowUp aria-hidden className="size-3.5" />
        {t('list.new', { count })}
      </button>
    </div>
  );
}
