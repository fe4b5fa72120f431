import type { FastifyInstance } from 'fastify';
import { DateTime } from 'luxon';
import { answerControlError, ControlError } from './control-errors.js';
import type { StandIn } from './stand-in.js';

/**
 * What people do at a service, and what goes wrong with it, by one word and with nothing to fill in: each picks for itself
 * what it is about. A `ControlError` with 409 says that there is nothing it could be about.
 */
export type Gestures = Readonly<Record<string, () => unknown>>;

/** `POST /_sandbox/<name>/gestures/<word>`, and the list of all of them at `GET /_sandbox/gestures`. */
export async function serveGestures(server: FastifyInstance, standIns: readonly StandIn[]): Promise<void> {
  await server.register(async (site) => {
    site.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
    site.get('/_sandbox/gestures', async () =>
      standIns.flatMap(({ name, gestures }) => Object.keys(gestures).map((gesture) => ({ stand_in: name, gesture }))),
    );
    for (const { name, gestures } of standIns) {
      for (const [word, make] of Object.entries(gestures)) {
        site.post(`/_sandbox/${name}/gestures/${word}`, async () => {
          await make();
          return { done: true };
        });
      }
    }
  });
}

/** Tomorrow at two in Paris, or the first day after on which nobody has taken that hour; in ISO 8601, UTC. */
export function firstFreeAfternoon(now: Date, taken: readonly Date[]): string {
  const starts = new Set(taken.map((start) => start.getTime()));
  let day = DateTime.fromJSDate(now, { zone: 'Europe/Paris' }).startOf('day').plus({ days: 1 }).set({ hour: 14 });
  while (starts.has(day.toMillis())) day = day.plus({ days: 1 });
  return day.toJSDate().toISOString();
}

/** The id of what was delivered last, to be delivered once more. */
export function lastDelivered<Id>(deliveries: readonly { readonly id: Id; readonly state: string }[]): Id {
  const last = deliveries.findLast(({ state }) => state === 'delivered');
  if (!last) throw nothingTo('repeat', 'delivery');
  return last.id;
}

export function nothingTo(word: string, what: string): ControlError {
  return new ControlError(what, `there is no ${what} to ${word}`, 409);
}
