import type { FastifyInstance, FastifyReply } from 'fastify';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { ControlError } from '../control-errors.js';
import { type Lang, langOf, page } from '../page.js';
import { bookingPage, isNotice } from './booking-page.js';
import type { CalendlyParts } from './calendly-parts.js';
import type { CalendlyControl } from './control.js';

const zone = 'Europe/Paris';
const bookForm = z.object({
  event_type: z.string(),
  name: z.string().trim().min(1),
  email: z.email(),
  day: z.iso.date(),
  hour: z.string().regex(/^\d{2}:\d{2}$/),
});
const moveForm = z.object({ start: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/) });
type Invitee = { Params: { id: string } };

/** The page where a person books, moves, cancels or misses a meeting. Plain forms: each answers 303 back to the page. */
export function registerBookingPageRoutes(site: FastifyInstance, parts: CalendlyParts, control: CalendlyControl): void {
  site.get('/', async (request, reply) => {
    const { notice } = z.object({ notice: z.string().optional().catch(undefined) }).parse(request.query);
    return page(reply, bookingPage(langOf(request.query), parts, zone, isNotice(notice) ? notice : null));
  });

  site.post('/book', async (request, reply) => {
    const form = bookForm.safeParse(request.body);
    return act(reply, langOf(request.query), 'booked', () => {
      if (!form.success) throw new ControlError('form', 'is not complete');
      const eventType = parts.store.eventTypes.get(form.data.event_type);
      const owner = parts.store.accounts.get(eventType?.ownerId ?? '');
      control.book({
        account: owner?.email,
        event_type: form.data.event_type,
        start_time: toInstant(`${form.data.day}T${form.data.hour}`),
        invitees: [{ name: form.data.name, email: form.data.email }],
      });
    });
  });

  site.post<Invitee>('/invitees/:id/move', async (request, reply) => {
    const form = moveForm.safeParse(request.body);
    return act(reply, langOf(request.query), 'moved', () => {
      if (!form.success) throw new ControlError('start', 'is not a time');
      control.move({ invitee: request.params.id, start_time: toInstant(form.data.start) });
    });
  });

  site.post<Invitee>('/invitees/:id/cancel', async (request, reply) =>
    act(reply, langOf(request.query), 'canceled', () => control.cancel({ invitee: request.params.id })),
  );
  site.post<Invitee>('/invitees/:id/no-show', async (request, reply) =>
    act(reply, langOf(request.query), 'no_show', () => control.markNoShow({ invitee: request.params.id })),
  );
  site.post<Invitee>('/invitees/:id/undo-no-show', async (request, reply) =>
    act(reply, langOf(request.query), 'no_show_undone', () => control.unmarkNoShow({ invitee: request.params.id })),
  );

  // Where the links in answers lead, so that they can be clicked.
  site.get<Invitee>('/cancellations/:id', (request, reply) => reply.redirect(`../#${request.params.id}`, 302));
  site.get<Invitee>('/reschedulings/:id', (request, reply) => reply.redirect(`../#${request.params.id}`, 302));
}

function act(reply: FastifyReply, lang: Lang, notice: string, action: () => unknown): FastifyReply {
  let outcome = notice;
  try {
    action();
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    outcome = 'refused';
  }
  return reply.redirect(`/calendly/?lang=${lang}&notice=${outcome}`, 303);
}

function toInstant(local: string): string {
  const instant = DateTime.fromISO(local, { zone });
  if (!instant.isValid) throw new ControlError('start', 'is not a time');
  return instant.toUTC().toISO();
}
