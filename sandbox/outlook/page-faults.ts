/** `continue`: nothing on this page, but a link to the next. `end`: nothing, and nothing more; a round that lies. */
export type EmptyPageMode = 'continue' | 'end';

/** Orders to leave pages of events empty, each used up by one page. */
export class PageFaults {
  #orders: EmptyPageMode[] = [];

  emptyNext(times: number, mode: EmptyPageMode): void {
    this.#orders.push(...Array.from({ length: times }, () => mode));
  }

  take(): EmptyPageMode | null {
    return this.#orders.shift() ?? null;
  }

  clear(): void {
    this.#orders = [];
  }
}
