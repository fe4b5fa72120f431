import type { ComponentProps, ReactNode } from 'react';
import { Slot } from 'radix-ui';
import { LoaderCircle } from 'lucide-react';
import { Tooltip } from './tooltip';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border border-transparent shadow-card',
  secondary: 'bg-surface text-ink border border-line hover:border-line-strong hover:bg-sunken shadow-card',
  quiet: 'text-muted hover:text-ink hover:bg-sunken border border-transparent',
  danger: 'bg-surface text-bad-ink border border-line hover:bg-bad-soft hover:border-bad-ink',
};

const SHAPE =
  'inline-flex items-center justify-center gap-1.5 rounded-md font-medium transition-colors sm:whitespace-nowrap ' +
  'disabled:opacity-55 disabled:pointer-events-none aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0';

const SIZES = { small: 'min-h-7 px-2.5 py-0.5 text-xs', normal: 'min-h-8.5 px-3 py-1 text-sm' } as const;

export interface ButtonProps extends ComponentProps<'button'> {
  look?: Look;
  size?: keyof typeof SIZES;
  /** Under way: it cannot be pressed twice, and says that it works. */
  isPending?: boolean;
  /** A link that looks like a button: `<Button asChild><Link … /></Button>`. */
  asChild?: boolean;
}

export function Button({
  look = 'secondary',
  size = 'normal',
  isPending = false,
  asChild = false,
  className = '',
  children,
  disabled,
  ...rest
}: ButtonProps) {
  const classes = `${SHAPE} ${SIZES[size]} ${LOOKS[look]} ${className}`;
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={classes} disabled={disabled || isPending} aria-busy={isPending} {...rest}>
      {isPending && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  label: string;
  children: ReactNode;
}

/** An icon alone: its word is in the tooltip, and for those who do not see either. */
export function IconButton({ label, children, className = '', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        className={
          'inline-flex size-8 items-center justify-center rounded-md text-muted transition-colors hover:bg-sunken ' +
          `hover:text-ink disabled:opacity-50 [&_svg]:size-4 ${className}`
        }
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  );
}
