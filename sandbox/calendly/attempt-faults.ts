interface SigningFault {
  ageSeconds: number;
  isForged: boolean;
}

/** What shall go wrong with the deliveries to come, counted down as they come. */
export class AttemptFaults {
  #drops = 0;
  #signing: SigningFault[] = [];

  dropNext(times: number): void {
    this.#drops += times;
  }

  staleNext(times: number, ageSeconds: number): void {
    this.#queue(times, { ageSeconds, isForged: false });
  }

  forgeNext(times: number): void {
    this.#queue(times, { ageSeconds: 0, isForged: true });
  }

  takeDrop(): boolean {
    if (this.#drops === 0) return false;
    this.#drops -= 1;
    return true;
  }

  takeSigningFault(): SigningFault {
    return this.#signing.shift() ?? { ageSeconds: 0, isForged: false };
  }

  clear(): void {
    this.#drops = 0;
    this.#signing = [];
  }

  #queue(times: number, fault: SigningFault): void {
    this.#signing.push(...Array.from({ length: times }, () => fault));
  }
}
