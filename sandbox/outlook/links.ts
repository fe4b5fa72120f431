import type { Origin } from '../stand-in.js';

/** The addresses of the stand-in, and of what it names in its answers. */
export class Links {
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get login(): string {
    return `${this.#origin.url}/outlook/login`;
  }

  get graph(): string {
    return `${this.#origin.url}/outlook/graph/v1.0`;
  }

  get site(): string {
    return `${this.#origin.url}/outlook`;
  }

  context(of: string): string {
    return `${this.graph}/$metadata#${of}`;
  }

  toItem(id: string): string {
    return `${this.site}/?itemid=${encodeURIComponent(id)}`;
  }
}
