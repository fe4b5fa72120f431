import { Toaster as Sonner, toast as sonner } from 'sonner';
import { i18n } from '@/i18n/i18n';
import { toProblemWords } from '@/api/problem-words';

/** Only for what the person has just done; what others do goes to the bell. */
export const toast = {
  done: (text: string) => void sonner.success(text),
  failed: (error: unknown) => {
    const { title, detail, action } = toProblemWords(error, i18n.t);
    sonner.error(title, { description: detail ?? action, duration: 8_000 });
  },
};

export function Toasts() {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Messages"
      toastOptions={{
        classNames: {
          toast: '!rounded-lg !border !border-line !bg-raised !text-ink !shadow-high !font-sans !text-sm',
          description: '!text-muted',
          success: '[&_svg]:!text-good-ink',
          error: '[&_svg]:!text-bad-ink',
        },
      }}
    />
  );
}
