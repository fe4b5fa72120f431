import type { OrganizationMessage } from '../realtime/index.js';
import type { NotificationDto } from './dto/notification.dto.js';
import type { NotificationGroupDto } from './dto/notification-group.dto.js';
import type { FeedGroup } from './notification-inbox.js';
import type { FeedEntry, Notification } from './notification.row.js';

export function toNotificationMessage(notification: Notification): OrganizationMessage {
  const { id, type, title, message, meta, created_at: createdAt, user_id: userId } = notification;
  return {
    name: 'notification',
    payload: { id, type, title, message, meta, created_at: createdAt.toISOString() },
    userId,
  };
}

export function toNotificationDto(entry: FeedEntry): NotificationDto {
  return {
    id: entry.id,
    type: entry.type,
    title: entry.title,
    message: entry.message,
    meta: entry.meta,
    created_at: entry.created_at.toISOString(),
    read_at: entry.read_at?.toISOString() ?? null,
  };
}

export function toNotificationGroupDto({ kind, day, count, unread, latest }: FeedGroup): NotificationGroupDto {
  return { kind, day, count, unread, latest: toNotificationDto(latest) };
}
