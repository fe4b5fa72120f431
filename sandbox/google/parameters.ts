import { invalidParameter } from './api-error.js';
import { findInstant, isZone } from './event-time.js';

/** Query parameters as the discovery document types them. Those no method lists are passed over, as the real service does. */
export class Parameters {
  constructor(private readonly query: URLSearchParams) {}

  has(name: string): boolean {
    return this.query.has(name);
  }

  text(name: string): string | null {
    return this.query.getAll(name).at(-1) ?? null;
  }

  many(name: string): string[] {
    return this.query.getAll(name);
  }

  flag(name: string): boolean | null {
    const given = this.text(name);
    if (given === null) return null;
    if (given === 'true' || given === 'false') return given === 'true';
    throw invalidParameter(name, `Invalid boolean value: '${given}'. Allowed values: [true, false]`);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | null {
    const given = this.text(name);
    return given === null ? null : check(name, given, allowed);
  }

  someOf<T extends string>(name: string, allowed: readonly T[]): T[] {
    return this.many(name).map((given) => check(name, given, allowed));
  }

  /** Too small is refused, too large is cut: a page "can never be larger". */
  pageSize(normal: number, largest: number): number {
    return Math.min(this.integer('maxResults', 1, null) ?? normal, largest);
  }

  integer(name: string, smallest: number, largest: number | null): number | null {
    const given = this.text(name);
    if (given === null) return null;
    const value = /^-?\d{1,9}$/.test(given) ? Number(given) : NaN;
    if (!(value >= smallest && value <= (largest ?? Infinity))) {
      const range = `[${smallest}, ${largest ?? 2_147_483_647}]`;
      throw invalidParameter(name, `Invalid value '${given}'. Values must be within the range: ${range}`);
    }
    return value;
  }

  instant(name: string): number | null {
    const given = this.text(name);
    if (given === null) return null;
    const millis = findInstant(given);
    if (millis === null) throw invalidParameter(name, `Invalid value for: Invalid format: "${given}"`, 'invalid');
    return millis;
  }

  zone(name: string): string | null {
    const given = this.text(name);
    if (given !== null && !isZone(given)) throw invalidParameter(name, `Invalid time zone: ${given}`, 'invalid');
    return given;
  }

  /** These parameters as one text, for tokens that are good only with what they came with. */
  fingerprint(names: readonly string[]): string {
    return JSON.stringify(
      names.map((name) => [name, this.many(name).toSorted()]).filter(([, values]) => values?.length),
    );
  }
}

function check<T extends string>(name: string, given: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === given);
  if (found !== undefined) return found;
  throw invalidParameter(name, `Invalid string value: '${given}'. Allowed values: [${allowed.join(', ')}]`);
}
