import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { DeadLetterNews } from './dead-letter-news.js';
import { WriteDigestJob } from './mail/digest.job.js';
import { MailArchive } from './mail/mail-archive.js';
import { MailHousekeeping } from './mail/mail-housekeeping.js';
import { MailPause } from './mail/mail-pause.js';
import { MailPost } from './mail/mail-post.js';
import { MailPreviewsController } from './mail/mail-previews.controller.js';
import { MailRenderer } from './mail/mail-renderer.js';
import { MailSettingsController } from './mail/mail-settings.controller.js';
import { MailSettings } from './mail/mail-settings.service.js';
import { MailTransport } from './mail/mail-transport.js';
import { MailsController } from './mail/mails.controller.js';
import { Mails } from './mail/mails.service.js';
import { SendMailJob } from './mail/send-mail.job.js';
import { ZoneDataCheck } from './mail/zone-data.check.js';
import { NotificationInbox } from './notification-inbox.js';
import { NotificationsController } from './notifications.controller.js';
import { NotificationsSchedule } from './notifications.schedule.js';
import { Notifications } from './notifications.service.js';
import { OrganizationFeed } from './organization-feed.js';
import { Audiences } from './preferences/audience.js';
import { NotificationPreferencesController } from './preferences/notification-preferences.controller.js';
import { NotificationPreferences } from './preferences/notification-preferences.service.js';

@Module({
  imports: [AccountsModule, RealtimeModule],
  controllers: [
    NotificationsController,
    NotificationPreferencesController,
    MailSettingsController,
    MailsController,
    MailPreviewsController,
  ],
  providers: [
    // What is told in the application
    NotificationInbox,
    Notifications,
    OrganizationFeed,
    DeadLetterNews,
    // Who hears of it, and how
    Audiences,
    NotificationPreferences,
    MailSettings,
    // What is told by e-mail
    MailPost,
    MailRenderer,
    MailTransport,
    MailPause,
    SendMailJob,
    WriteDigestJob,
    Mails,
    MailArchive,
    MailHousekeeping,
    ZoneDataCheck,
    NotificationsSchedule,
  ],
  exports: [Notifications, OrganizationFeed, MailArchive],
})
export class NotificationsModule {}
