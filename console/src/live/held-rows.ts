import { useEffect, useRef, useState } from 'react';

/** Further down than this, a row that comes in above would push away what is being read. */
const READING_BELOW_PX = 120;

/**
 * Keeps new rows at the top of a list back while somebody is reading further down. Rows that are already shown change in
 * place; those at the end, the next page, are always let through.
 */
export function useHeldRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): { rows: readonly Row[]; heldCount: number; show: () => void } {
  const shown = useRef<ReadonlySet<string>>(new Set());
  const [isReading, setReading] = useState(false);

  useEffect(() => {
    const look = () => setReading(window.scrollY > READING_BELOW_PX);
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, []);

  const firstShown = rows.findIndex((row) => shown.current.has(keyOf(row)));
  const heldCount = isReading && firstShown > 0 ? firstShown : 0;
  const visible = heldCount > 0 ? rows.slice(heldCount) : rows;

  useEffect(() => {
    shown.current = new Set(visible.map(keyOf));
  });

  const show = () => {
    setReading(false);
    window.scrollTo({ top: 0 });
  };
  return { rows: visible, heldCount, show };
}
