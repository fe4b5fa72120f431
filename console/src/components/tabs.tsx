import type { ReactNode } from 'react';
import { Tabs as Radix } from 'radix-ui';

/** Parts of one subject. Which one is open belongs in the address: pass `value` from the search parameters. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  children,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly (readonly [T, ReactNode])[];
  children: ReactNode;
}) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <Radix.List aria-label={label} className="mb-4 flex gap-1 overflow-x-auto border-b border-line">
        {tabs.map(([tab, word]) => (
          <Radix.Trigger
            key={tab}
            value={tab}
            className="-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 border-transparent px-3 font-medium whitespace-nowrap text-muted -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {word}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function Tab({ value, children }: { value: string; children: ReactNode }) {
  return (
    <Radix.Content value={value} className="space-y-4 rounded-md">
      {children}
    </Radix.Content>
  );
}
