import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { NotificationInbox } from './notification-inbox.js';
import { NotificationsController } from './notifications.controller.js';
import { Notifications } from './notifications.service.js';
import { OrganizationFeed } from './organization-feed.js';

@Module({
  imports: [AccountsModule, RealtimeModule],
  controllers: [NotificationsController],
  providers: [NotificationInbox, Notifications, OrganizationFeed],
  exports: [Notifications, OrganizationFeed],
})
export class NotificationsModule {}
