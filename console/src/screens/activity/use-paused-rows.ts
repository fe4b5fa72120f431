import { useRef, useState } from 'react';

interface PausedRows<Row> {
  readonly rows: readonly Row[];
  /** How many have come in since. */
  readonly heldCount: number;
  readonly isPaused: boolean;
  setPaused: (isPaused: boolean) => void;
}

/** A list that stands still while it is paused. What comes in meanwhile is counted, and shown when it goes on. */
export function usePausedRows<Row>(known: readonly Row[], keyOf: (row: Row) => string): PausedRows<Row> {
  const [isPaused, setPaused] = useState(false);
  const top = useRef<string | null>(null);
  const first = known[0];
  if (!isPaused) top.current = first === undefined ? null : keyOf(first);
  const place = isPaused && top.current !== null ? known.findIndex((row) => keyOf(row) === top.current) : 0;
  const heldCount = Math.max(place, 0);
  return { rows: heldCount > 0 ? known.slice(heldCount) : known, heldCount, isPaused, setPaused };
}
