import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { langOf, page } from '../page.js';
import { attachmentsOf, type MailControl } from './control.js';
import type { Inbox, ReceivedMail } from './inbox.js';
import { isPreset, listPage, mailPage, presets } from './pages.js';

type Mail = { Params: { id: string } };
type MailAttachment = { Params: { id: string; index: string } };

/** A mail is somebody else's page: no script, no address of ours, nothing from elsewhere, and only in our own frame. */
const mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups; frame-ancestors 'self'";

const faultForm = z.object({ fault: z.string(), times: z.coerce.number().int().min(1).max(1_000) });

export function registerMailPages(site: FastifyInstance, inbox: Inbox, control: MailControl): void {
  site.get('/', (request, reply) => page(reply, listPage(langOf(request.query), inbox.list(), control.faults())));

  site.post('/clear', (request, reply) => {
    control.clear();
    return back(request.query, reply);
  });
  site.post('/faults', (request, reply) => {
    const form = faultForm.safeParse(request.body);
    if (form.success && isPreset(form.data.fault)) {
      control.failNext({ ...presets[form.data.fault], times: form.data.times });
    }
    return back(request.query, reply);
  });
  site.post('/faults/clear', (request, reply) => {
    control.clearFaults();
    return back(request.query, reply);
  });

  site.get<Mail>(
    '/messages/:id',
    {
      onSend: async (_request, reply) => {
        // The one page with a frame in it.
        void reply.header(
          'content-security-policy',
          `${String(reply.getHeader('content-security-policy'))}; frame-src 'self'`,
        );
      },
    },
    (request, reply) => {
      const mail = inbox.find(request.params.id);
      return mail === null ? notFound(reply) : page(reply, mailPage(langOf(request.query), mail));
    },
  );
  site.get<Mail>('/messages/:id/html', (request, reply) => {
    const mail = inbox.find(request.params.id);
    if (mail?.content.html === undefined) return notFound(reply);
    return guarded(reply, 'text/html; charset=utf-8').send(mail.content.html);
  });
  site.get<Mail>('/messages/:id/source', (request, reply) => {
    const mail = inbox.find(request.params.id);
    return mail === null ? notFound(reply) : guarded(reply, 'text/plain; charset=utf-8').send(mail.source);
  });
  site.get<MailAttachment>('/messages/:id/attachments/:index', (request, reply) => {
    const found = attachmentOf(inbox.find(request.params.id), request.params.index);
    if (found === undefined) return notFound(reply);
    return guarded(reply, 'application/octet-stream')
      .header(
        'content-disposition',
        `attachment; filename*=UTF-8''${encodeURIComponent(found.filename.toWellFormed())}`,
      )
      .send(found.text);
  });
}

function attachmentOf(mail: ReceivedMail | null, index: string) {
  return mail === null || !/^\d{1,3}$/.test(index) ? undefined : attachmentsOf(mail)[Number(index)];
}

function guarded(reply: FastifyReply, type: string): FastifyReply {
  return reply
    .header('content-security-policy', mailPolicy)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .type(type);
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.status(404).type('text/plain; charset=utf-8').send('—');
}

function back(query: unknown, reply: FastifyReply): FastifyReply {
  return reply.redirect(`/mail/?lang=${langOf(query)}`, 303);
}
