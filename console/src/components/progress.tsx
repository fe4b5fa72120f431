/** How far something is, in a bar and in words. Without a total it only says that it moves. */
export function Progress({ label, done, total }: { label: string; done?: number; total?: number | null }) {
  const isKnown = done !== undefined && total !== undefined && total !== null && total > 0;
  const percent = isKnown ? Math.min(100, Math.round((done / total) * 100)) : undefined;
  return (
    <div>
      <div
        role="progressbar"
        aria-label={label}
        {...(isKnown && { 'aria-valuemin': 0, 'aria-valuemax': total, 'aria-valuenow': Math.min(done, total) })}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={`h-full rounded-full bg-accent transition-[width] duration-300 ${isKnown ? '' : 'w-1/3 animate-pulse'}`}
          style={isKnown ? { width: `${percent}%` } : undefined}
        />
      </div>
      <p className="mt-1 flex justify-between gap-2 text-xs text-muted" aria-hidden>
        <span>{label}</span>
        {isKnown && (
          <span className="tabular-nums">
            {done} / {total}
          </span>
        )}
      </p>
    </div>
  );
}
