import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import type { Locale } from '../../platform/errors/problem.js';
import { MailConfig } from '../mail.config.js';
import { type CalendarFile, toCalendarFile } from './calendar-file.js';
import { toMailbox } from './mailbox.js';
import type { BookingMail, KeptMail } from './mail-model.js';
import type { MailSetting, MailView } from './mail-view.js';
import { toMailView, toSubject } from './mail-views.js';
import { toLine } from './readable-text.js';
import { HTML_TEMPLATE } from './templates/html-template.js';
import { TEXT_TEMPLATE } from './templates/text-template.js';

/** A mail as it would leave, but for its addresses. */
export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
  /** The invitee, so that an answer goes where one would expect. */
  replyTo: string | null;
  /** Ties all mails about one appointment together in a mail client. */
  references: string[];
  calendarFile: CalendarFile | null;
}

/** Puts kept models into words and these into templates. No transaction is needed, and none should be open. */
@Injectable()
export class MailRenderer {
  private readonly html: Handlebars.TemplateDelegate<MailView>;
  private readonly text: Handlebars.TemplateDelegate<MailView>;

  constructor(
    private readonly config: MailConfig,
    private readonly platform: PlatformConfig,
  ) {
    const handlebars = Handlebars.create();
    // Strict: a misspelt name is an error here, not a gap in somebody's mail.
    const options = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;
    this.html = handlebars.compile<MailView>(HTML_TEMPLATE, options);
    // Plain text has no markup to escape; an entity in it would only be ugly.
    this.text = handlebars.compile<MailView>(TEXT_TEMPLATE, { ...options, noEscape: true });
  }

  render(kept: KeptMail, locale: Locale, writtenAt: Date): RenderedMail {
    const setting = this.settingOf(kept, locale);
    const view = toMailView(kept.model, setting);
    const booking = kept.model.template === 'booking' ? kept.model : null;
    return {
      subject: view.subject,
      html: this.html(view),
      text: this.text(view),
      replyTo: toMailbox(booking?.invitee.email ?? ''),
      references: booking === null ? [] : this.threadOf(booking),
      calendarFile: booking && toCalendarFile(booking, setting, this.senderOf(setting), writtenAt),
    };
  }

  subjectOf(kept: KeptMail, locale: Locale): string {
    return toSubject(kept.model, this.settingOf(kept, locale));
  }

  private settingOf({ organization }: KeptMail, locale: Locale): MailSetting {
    return {
      locale,
      organization: organization.name,
      timeZone: organization.timeZone,
      frontendUrl: this.platform.frontendUrl,
    };
  }

  private senderOf({ organization }: MailSetting) {
    return { name: toLine(organization), address: this.config.from.address, domain: this.config.domain };
  }

  private threadOf({ bookingId, formerBookingId }: BookingMail): string[] {
    const ids = new Set([formerBookingId, bookingId].filter((id) => id !== null));
    return [...ids].map((id) => `<booking.${id}@${this.config.domain}>`);
  }
}
