import type { MailModel } from './mail/mail-model.js';
import type { NotificationKind } from './notification-kind.js';

/** Something to tell, written out in the language of the organization. */
export interface NotificationDraft {
  type: string;
  title: string;
  message: string;
  /** What a front end needs to open the right page: ids, never texts. */
  meta: Record<string, unknown>;
  /** Why it is told. The same reason is told once in an organization, however often it is found again. */
  dedupeKey: string;
  /** For one person; without it, for everybody in the organization. */
  userId?: string | null;
  /** What people choose by. Without it, what the end of the type says. */
  kind?: NotificationKind;
  /**
   * What a mail about it would say. Without it such a mail says the title and the message; whether there is one is for
   * the organization and its people to choose.
   */
  mail?: MailModel;
}
