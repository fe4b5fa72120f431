export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** By linear interpolation between the two nearest; `NaN` of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * (share / 100);
  const [below = NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return below + (above - below) * (place - Math.floor(place));
}

export function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}

export function milliseconds(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

export function seconds(value: number): string {
  return `${(value / 1_000).toFixed(2)} s`;
}
