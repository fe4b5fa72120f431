import {
  type ComponentProps,
  createContext,
  type FormEvent,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Switch } from 'radix-ui';
import { Eye, EyeOff } from 'lucide-react';
import { Problem } from '@passerelle/client';
import { ProblemNotice } from './notice';

interface FormState {
  readonly prefix: string;
  readonly messages: ReadonlyMap<string, string>;
}

const FormContext = createContext<FormState>({ prefix: '', messages: new Map() });

const idOf = (prefix: string, name: string) => `${prefix}${name.replaceAll('/', '-')}`;

export type FormValues = Record<string, string>;

interface FormProps {
  onSubmit: (values: FormValues) => void;
  /** What the last attempt came to. Errors with a pointer are shown at their fields, the rest above the form. */
  error?: unknown;
  id?: string;
  label?: string;
  children: ReactNode;
}

/**
 * A form that shows what the server says of its fields: the problem's `errors[].pointer` is the field's name. Errors are
 * summed up on top, where the focus goes, and each leads to its field.
 */
export function Form({ onSubmit, error, id, label, children }: FormProps) {
  const { t } = useTranslation();
  const prefix = useId();
  const form = useRef<HTMLFormElement>(null);
  const summary = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState<ReadonlyMap<string, string>>(new Map());

  const messages = missing.size > 0 ? missing : fieldMessages(error);
  const named = new Map([...messages].filter(([name]) => form.current?.elements.namedItem(name) != null));

  useEffect(() => {
    if (missing.size > 0 || error) summary.current?.focus();
  }, [missing, error]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const empty = [...event.currentTarget.querySelectorAll<HTMLInputElement>('[required]')]
      .filter(({ value }) => value.trim() === '')
      .map(({ name }) => [name, t('form.required')] as const);
    setMissing(new Map(empty));
    if (empty.length === 0) onSubmit(Object.fromEntries(new FormData(event.currentTarget)) as FormValues);
  };

  return (
    <FormContext value={{ prefix, messages }}>
      <form ref={form} id={id} aria-label={label} noValidate onSubmit={submit} className="space-y-3.5">
        <div ref={summary} tabIndex={-1} className="focus:outline-none">
          {named.size > 0 ? (
            <div role="alert" className="rounded-lg bg-bad-soft px-3 py-2.5 text-bad-ink">
              <p className="font-semibold">{t('form.errorSummary', { count: named.size })}</p>
              <ul className="mt-1 list-disc pl-5">
                {[...named].map(([name, message]) => (
                  <li key={name}>
                    <a className="underline underline-offset-2" href={`#${idOf(prefix, name)}`}>
                      {labelOf(form.current, name)}
                    </a>{' '}
                    {message}
                  </li>
                ))}
              </ul>
            </div>
          ) : (
            missing.size === 0 && Boolean(error) && <ProblemNotice error={error} />
          )}
        </div>
        {children}
      </form>
    </FormContext>
  );
}

/** Without the "optional" beside it. */
function labelOf(form: HTMLFormElement | null, name: string): string {
  const field = form?.elements.namedItem(name) as HTMLInputElement | null | undefined;
  return field?.labels?.[0]?.firstChild?.textContent || name;
}

/** By the field's name: `/email` → `email`, `/settings/sync` → `settings/sync`. */
function fieldMessages(error: unknown): ReadonlyMap<string, string> {
  if (!(error instanceof Problem)) return new Map();
  return new Map(error.fieldErrors.map(({ pointer, message }) => [pointer.replace(/^\//, ''), message]));
}

interface FieldProps {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  required?: boolean;
}

interface Wiring {
  id: string;
  name: string;
  required: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
}

/** A label, what is said of the field, and the field itself: `children` receives what ties them together. */
export function Field({
  name,
  label,
  hint,
  required = false,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const { t } = useTranslation();
  const { prefix, messages } = useContext(FormContext);
  const id = idOf(prefix, name);
  const message = messages.get(name);
  const described = [hint && `${id}-hint`, message && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div>
      <label htmlFor={id} className="mb-1 flex items-baseline justify-between gap-2 font-medium">
        {label}
        {!required && <span className="text-xs font-normal text-muted">{t('form.optional')}</span>}
      </label>
      {children({
        id,
        name,
        required,
        ...(described && { 'aria-describedby': described }),
        ...(message && { 'aria-invalid': true }),
      })}
      {hint && (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
      {message && (
        <p id={`${id}-error`} className="mt-1 text-xs font-medium text-bad-ink">
          {message}
        </p>
      )}
    </div>
  );
}

export const CONTROL =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-muted ' +
  'hover:border-ink aria-invalid:border-bad-ink aria-invalid:bg-bad-soft disabled:opacity-60';

export function TextField({
  name,
  label,
  hint,
  required,
  ...rest
}: FieldProps & Omit<ComponentProps<'input'>, keyof FieldProps>) {
  return (
    <Field name={name} label={label} hint={hint} required={required}>
      {(wiring) => <input type="text" className={`${CONTROL} h-8.5`} {...rest} {...wiring} />}
    </Field>
  );
}

/** Masked, unless its owner wants to see what they type. Nothing keeps a manager from filling it in. */
export function PasswordField({
  name,
  label,
  hint,
  required,
  ...rest
}: FieldProps & { autoComplete: 'current-password' | 'new-password'; maxLength: number }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field name={name} label={label} hint={hint} required={required}>
      {(wiring) => (
        <div className="relative">
          <input
            type={isShown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="off"
            className={`${CONTROL} h-8.5 pr-9`}
            {...rest}
            {...wiring}
          />
          <button
            type="button"
            aria-pressed={isShown}
            aria-controls={wiring.id}
            aria-label={t('form.show')}
            onClick={() => setShown(!isShown)}
            className="absolute inset-y-0 right-0 inline-flex w-8.5 items-center justify-center rounded-md text-muted hover:text-ink"
          >
            <Icon aria-hidden className="size-4" />
          </button>
        </div>
      )}
    </Field>
  );
}

export function TextAreaField({
  name,
  label,
  hint,
  required,
  ...rest
}: FieldProps & Omit<ComponentProps<'textarea'>, keyof FieldProps>) {
  return (
    <Field name={name} label={label} hint={hint} required={required}>
      {(wiring) => <textarea rows={4} className={`${CONTROL} py-1.5`} {...rest} {...wiring} />}
    </Field>
  );
}

export function SelectField({
  name,
  label,
  hint,
  required,
  options,
  ...rest
}: FieldProps & { options: readonly (readonly [string, string])[] } & Omit<
    ComponentProps<'select'>,
    keyof FieldProps
  >) {
  return (
    <Field name={name} label={label} hint={hint} required={required}>
      {(wiring) => (
        <select className={`${CONTROL} h-8.5`} {...rest} {...wiring}>
          {options.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** On or off, at once: for settings that are stored when they are touched. */
export function SwitchRow({
  label,
  hint,
  checked,
  onChange,
  disabled = false,
}: {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4 py-2">
      <div className="min-w-0">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-muted">
            {hint}
          </p>
        )}
      </div>
      <Switch.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="relative h-6 w-10 shrink-0 rounded-full border border-line-strong bg-sunken transition-colors disabled:opacity-50 data-[state=checked]:border-transparent data-[state=checked]:bg-accent"
      >
        <Switch.Thumb className="block size-4.5 translate-x-0.5 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4.5 data-[state=checked]:bg-on-accent" />
      </Switch.Root>
    </div>
  );
}
