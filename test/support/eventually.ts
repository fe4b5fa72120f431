import { setTimeout as sleep } from 'node:timers/promises';

const BETWEEN_LOOKS_MS = 50;

/** Looks again and again until the answer is as wanted, and fails with the last answer when it never is. */
export async function eventually<T>(
  look: () => Promise<T>,
  isWanted: (answer: T) => boolean,
  timeoutMs: number,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await look();
    if (isWanted(answer)) return answer;
    if (performance.now() > deadline) {
      throw new Error(`Not as wanted after ${timeoutMs} ms; the last answer was ${JSON.stringify(answer)}`);
    }
    await sleep(BETWEEN_LOOKS_MS);
  }
}
