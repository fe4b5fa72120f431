import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog as Radix } from 'radix-ui';
import { X } from 'lucide-react';
import { useFocusReturn } from './focus-return';

const OVERLAY = 'overlay fixed inset-0 z-40 bg-scrim';

interface PanelProps {
  title: ReactNode;
  hint?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  /** Stays in sight at the foot. */
  actions?: ReactNode;
}

/** One thing in detail, beside the list it is from. Keeps the focus, gives it back, and closes with Escape. */
export function Drawer({ title, hint, onClose, children, actions }: PanelProps) {
  const giveFocusBack = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveFocusBack}
          className="drawer fixed inset-y-0 right-0 z-50 flex w-full max-w-xl flex-col border-l border-line bg-surface shadow-high focus:outline-none"
        >
          <header className="flex items-start justify-between gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0">
              <Radix.Title className="text-base font-semibold break-words">{title}</Radix.Title>
              {hint && <div className="mt-0.5 text-muted">{hint}</div>}
            </div>
            <CloseButton />
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {actions && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {actions}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A question or a short form that has to be settled first. */
export function Dialog({ title, hint, onClose, children, actions }: PanelProps) {
  const giveFocusBack = useFocusReturn();
  return (
    <Radix.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={OVERLAY} />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveFocusBack}
          className="pop fixed top-[12vh] left-1/2 z-50 flex max-h-[80vh] w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 flex-col rounded-xl border border-line bg-raised shadow-high focus:outline-none"
        >
          <header className="flex items-start justify-between gap-3 px-5 pt-4">
            <div className="min-w-0">
              <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
              {hint && <div className="mt-0.5 text-muted">{hint}</div>}
            </div>
            <CloseButton />
          </header>
          <div className="min-h-0 overflow-y-auto px-5 py-4">{children}</div>
          {actions && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {actions}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Without a tooltip: it would open with the panel, and take the first Escape for itself. */
function CloseButton() {
  const { t } = useTranslation();
  return (
    <Radix.Close
      aria-label={t('actions.close')}
      className="inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-sunken hover:text-ink"
    >
      <X aria-hidden className="size-4" />
    </Radix.Close>
  );
}
