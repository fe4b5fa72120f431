import type { MailDetailDto } from './dto/mail-detail.dto.js';
import type { MailDto } from './dto/mail.dto.js';
import type { ListedMail, ShownMail } from './mails.service.js';

export function toMailDto({ row, subject }: ListedMail): MailDto {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    recipient: row.recipient,
    subject,
    locale: row.locale,
    message_id: row.message_id,
    attempts: row.attempts,
    last_error: row.last_error,
    next_attempt_at: row.next_attempt_at?.toISOString() ?? null,
    sent_at: row.sent_at?.toISOString() ?? null,
    notification_id: row.notification_id,
    booking_id: row.booking_id,
    prospect_id: row.prospect_id,
    integration_id: row.integration_id,
    created_at: row.created_at.toISOString(),
  };
}

export function toMailDetailDto(mail: ShownMail): MailDetailDto {
  const { preview } = mail;
  return {
    ...toMailDto(mail),
    preview: preview && {
      subject: preview.subject,
      text: preview.text,
      html: preview.html,
      reply_to: preview.replyTo,
      attachments: preview.calendarFile === null ? [] : [preview.calendarFile],
    },
  };
}
