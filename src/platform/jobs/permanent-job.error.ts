/** Trying again cannot help: the job is parked at once. `code` is what the dead letter says. */
export class PermanentJobError extends Error {
  constructor(
    readonly code: string,
    options: { cause?: unknown } = {},
  ) {
    super(code, options);
    this.name = 'PermanentJobError';
  }
}
