import type { ComponentProps, ReactNode } from 'react';

export function Card({ className = '', ...rest }: ComponentProps<'section'>) {
  return <section className={`rounded-lg border border-line bg-surface shadow-card ${className}`} {...rest} />;
}

export function CardHeader({ title, hint, children }: { title: ReactNode; hint?: ReactNode; children?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2.5">
      <div>
        <h2 className="font-semibold">{title}</h2>
        {hint && <p className="text-xs text-muted">{hint}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  );
}

/** Names and values: `<Facts items={[['E-mail', prospect.email]]} />`. What has no value is left out. */
export function Facts({ items }: { items: readonly (readonly [ReactNode, ReactNode])[] }) {
  const known = items.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <dl className="grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-4 gap-y-1.5">
      {known.map(([name, value], index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
