import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Check, Copy } from 'lucide-react';

const SHOWN_MS = 1_500;

/** A text one may want elsewhere: an id, an address. The button copies `text`, whatever is shown of it. */
export function CopyText({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 font-mono text-[0.92em] break-all">{children ?? text}</span>
      <button
        type="button"
        onClick={() => void copy()}
        aria-label={isCopied ? t('actions.copied') : `${t('actions.copy')} ${text}`}
        className="inline-flex size-6 shrink-0 items-center justify-center rounded hover:bg-sunken"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
    </span>
  );
}
