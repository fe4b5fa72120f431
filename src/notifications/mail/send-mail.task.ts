export const SEND_MAIL = 'notifications.send-mail';

export interface SendMailPayload {
  readonly organizationId: string;
  readonly mailId: string;
}
