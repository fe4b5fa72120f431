import type { TFunction } from 'i18next';

const KNOWN = new Set([
  'smtp/unreachable',
  'smtp/timeout',
  'smtp/tls-failed',
  'smtp/connection-lost',
  'sendmail/not-found',
  'mail/person-erased',
]);

const STAGES = new Set(['login', 'sender', 'recipient', 'message']);

/** The cause of a code such as `smtp/recipient-550`: the stage is what says it, the figure is the server's. */
export function mailErrorWord(code: string, t: TFunction): string {
  if (KNOWN.has(code)) return t(`mails:errors.${code.replace('/', '_')}`);
  const match = /^smtp\/(\w+)-([45])\d\d$/.exec(code);
  const stage = match?.[1];
  if (match?.[2] === '4') return t('mails:errors.later');
  return stage && STAGES.has(stage) ? t(`mails:errors.${stage}`) : t('mails:errors.other');
}
