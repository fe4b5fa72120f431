export { MailArchive } from './mail/mail-archive.js';
export {
  type BookingMail,
  type ConnectionMail,
  type MailModel,
  MEETING_KINDS,
  type MeetingKind,
  type Slot,
} from './mail/mail-model.js';
export { MailConfig, mailConfig } from './mail.config.js';
export type { NotificationDraft } from './notification-draft.js';
export type { NotificationKind } from './notification-kind.js';
export type { Notification } from './notification.row.js';
export { NotificationsModule } from './notifications.module.js';
export { notificationNotFound } from './notifications.problems.js';
export { Notifications } from './notifications.service.js';
export { OrganizationFeed } from './organization-feed.js';
