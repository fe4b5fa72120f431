export type { NotificationDraft } from './notification-draft.js';
export type { Notification } from './notification.row.js';
export { NotificationsModule } from './notifications.module.js';
export { notificationNotFound } from './notifications.problems.js';
export { Notifications } from './notifications.service.js';
export { OrganizationFeed } from './organization-feed.js';
