import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Search, X } from 'lucide-react';
import { Button } from './button';
import { CONTROL } from './form';

const TYPING_PAUSE_MS = 250;

/** The row above a list. What is chosen here belongs in the address, so that a link shows the same list. */
export function FilterBar({
  children,
  isFiltered,
  onClear,
}: {
  children: ReactNode;
  isFiltered: boolean;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div role="search" aria-label={t('list.filters')} className="mb-3 flex flex-wrap items-center gap-2">
      {children}
      {isFiltered && (
        <Button look="quiet" onClick={onClear}>
          <X aria-hidden />
          {t('actions.clearFilters')}
        </Button>
      )}
    </div>
  );
}

/** Waits for a pause in the typing before it searches. `/` leads here from anywhere on the page. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const change = useRef(onChange);
  change.current = onChange;

  // The address has changed by other means: back, or "clear filters".
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => change.current(text.trim()), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role="dialog"]');
      if (event.key !== '/' || event.ctrlKey || event.metaKey || isTyping) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);

  return (
    <div className="relative w-full sm:w-72">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
      />
      <input
        ref={field}
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className={`${CONTROL} h-8.5 pl-8`}
      />
    </div>
  );
}

export function SelectFilter({
  label,
  value,
  onChange,
  options,
  any,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [string, string])[];
  /** The word for no choice: "Toutes les sources". */
  any: string;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${CONTROL} h-8.5 w-auto pr-7 ${value ? 'border-accent text-accent-ink' : ''}`}
      >
        <option value="">{any}</option>
        {/* A value that came with a link is shown, even when it is no longer offered. */}
        {value && !options.some(([option]) => option === value) && <option value={value}>{value}</option>}
        {options.map(([option, word]) => (
          <option key={option} value={option}>
            {word}
          </option>
        ))}
      </select>
    </div>
  );
}
