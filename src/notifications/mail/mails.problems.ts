import { defineProblem } from '../../platform/errors/problem.js';

export const mailNotFound = defineProblem('mail/not-found', 'not-found', {
  fr: 'E-mail introuvable',
  en: 'Mail not found',
});
export const mailNotResendable = defineProblem('mail/not-resendable', 'conflict', {
  fr: 'Cet e-mail est déjà parti ou attend encore son départ',
  en: 'This mail has already been sent or is still waiting to be',
});
export const mailContentGone = defineProblem('mail/content-gone', 'conflict', {
  fr: 'Le contenu de cet e-mail n’est plus conservé',
  en: 'The content of this mail is no longer kept',
});
export const mailServerMissing = defineProblem('mail/server-missing', 'conflict', {
  fr: 'Ce serveur n’a nulle part où envoyer ses e-mails : l’administrateur doit renseigner SMTP_URL et MAIL_FROM',
  en: 'This server has nowhere to send mail: its administrator must set SMTP_URL and MAIL_FROM',
});
