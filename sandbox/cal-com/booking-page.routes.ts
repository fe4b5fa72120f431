import type { FastifyInstance, FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { ControlError } from '../control-errors.js';
import { type Lang, langOf, page } from '../page.js';
import { bookingPage, isNotice, type Notice } from './booking-page.js';
import type { CalComParts } from './cal-com-parts.js';
import type { CalComControl } from './control.js';
import { emailAddress } from './parameters.js';

const zone = 'Europe/Paris';
const pageQuery = z.object({
  notice: z.string().optional().catch(undefined),
  event_type: z.string().default('').catch(''),
});
const bookForm = z.object({
  event_type: z.string(),
  name: z.string().trim().min(1),
  email: emailAddress,
  day: z.iso.date(),
  hour: z.string().regex(/^\d{2}:\d{2}$/),
});
const moveForm = z.object({ start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/) });
type Booking = { Params: { uid: string } };

/** The page where a person books, answers, moves, cancels or misses a meeting. Plain forms: each answers 303 back to it. */
export function registerBookingPageRoutes(site: FastifyInstance, parts: CalComParts, control: CalComControl): void {
  site.get('/', async (request, reply) => {
    const { notice, event_type: chosen } = pageQuery.parse(request.query);
    return page(reply, bookingPage(langOf(request.query), parts, zone, isNotice(notice) ? notice : null, chosen));
  });

  site.post('/book', async (request, reply) => {
    const form = bookForm.safeParse(request.body);
    const book = (): Notice => {
      if (!form.success) throw new ControlError('form', 'is not complete');
      const { day, email, hour, name } = form.data;
      const eventType = parts.store.eventTypes.get(Number(form.data.event_type));
      if (!eventType) throw new ControlError('event_type', 'is unknown', 404);
      const booking = control.book({
        account: eventType.ownerId,
        event_type: eventType.id,
        start: toInstant(`${day}T${hour}`),
        attendee: { name, email },
      });
      return booking.status === 'pending' ? 'requested' : 'booked';
    };
    const chosen = form.success ? form.data.event_type : undefined;
    return act(reply, langOf(request.query), book, chosen);
  });

  site.post<Booking>('/bookings/:uid/move', async (request, reply) => {
    const form = moveForm.safeParse(request.body);
    return act(reply, langOf(request.query), () => {
      if (!form.success) throw new ControlError('start', 'is not a time');
      control.move({ booking: request.params.uid, start: toInstant(form.data.start) });
      return 'moved';
    });
  });

  const simple: [string, Notice, (booking: string) => unknown][] = [
    ['confirm', 'confirmed', (booking) => control.confirm({ booking })],
    ['reject', 'rejected', (booking) => control.reject({ booking })],
    ['request-reschedule', 'to_move', (booking) => control.requestReschedule({ booking })],
    ['cancel', 'cancelled', (booking) => control.cancel({ booking })],
    ['no-show', 'no_show', (booking) => control.markNoShow({ booking })],
    ['undo-no-show', 'no_show_undone', (booking) => control.unmarkNoShow({ booking })],
  ];
  for (const [action, notice, run] of simple) {
    site.post<Booking>(`/bookings/:uid/${action}`, async (request, reply) =>
      act(reply, langOf(request.query), () => {
        run(request.params.uid);
        return notice;
      }),
    );
  }
}

/** What was just booked stays chosen, for whoever books several. */
function act(reply: FastifyReply, lang: Lang, action: () => Notice, chosen?: string): FastifyReply {
  const query = new URLSearchParams({
    lang,
    ...(chosen !== undefined && { event_type: chosen }),
    notice: outcomeOf(action),
  });
  return reply.redirect(`/cal-com/?${query.toString()}`, 303);
}

function outcomeOf(action: () => Notice): Notice {
  try {
    return action();
  } catch (error) {
    if (error instanceof ControlError) return 'refused';
    throw error;
  }
}

function toInstant(local: string): string {
  const instant = DateTime.fromISO(local, { zone });
  if (!instant.isValid) throw new ControlError('start', 'is not a time');
  return instant.toUTC().toISO();
}
