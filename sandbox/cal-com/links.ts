import type { Origin } from '../stand-in.js';

/** Where this stand-in answers. The API's base ends in `/v2`, as `CAL_API_URL` does. */
export class Links {
  readonly #origin: Origin;

  constructor(origin: Origin) {
    this.#origin = origin;
  }

  get site(): string {
    return `${this.#origin.url}/cal-com`;
  }

  get api(): string {
    return `${this.site}/api/v2`;
  }

  get app(): string {
    return `${this.site}/app`;
  }
}
