import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AlertDialog } from 'radix-ui';
import { Button } from './button';
import { useFocusReturn } from './focus-return';
import { ProblemNotice } from './notice';

interface ConfirmProps {
  title: string;
  /** What will be kept and what will be gone. */
  children: ReactNode;
  /** The verb of the action itself, never "OK". */
  action: string;
  onConfirm: () => void;
  onClose: () => void;
  isPending?: boolean;
  error?: unknown;
  isDangerous?: boolean;
}

/** Asks before something that is hard to take back. The focus is on the way out. */
export function Confirm({
  title,
  children,
  action,
  onConfirm,
  onClose,
  isPending = false,
  error,
  isDangerous = true,
}: ConfirmProps) {
  const { t } = useTranslation();
  const giveFocusBack = useFocusReturn();
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="overlay fixed inset-0 z-50 bg-scrim" />
        <AlertDialog.Content
          onCloseAutoFocus={giveFocusBack}
          className="pop fixed top-[20vh] left-1/2 z-60 w-[calc(100%-2rem)] max-w-md -translate-x-1/2 rounded-xl border border-line bg-raised p-5 shadow-high focus:outline-none"
        >
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-1.5 space-y-2 text-muted">{children}</div>
          </AlertDialog.Description>
          {error ? (
            <div className="mt-3">
              <ProblemNotice error={error} />
            </div>
          ) : null}
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{t('actions.cancel')}</Button>
            </AlertDialog.Cancel>
            <Button look={isDangerous ? 'danger' : 'primary'} isPending={isPending} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
