import { applyDecorators } from '@nestjs/common';
import { IsEmail, Matches, MaxLength } from 'class-validator';
import { domainToASCII } from 'node:url';

/** The form under which two spellings of one address are the same: case, Unicode form and IDNA do not count. */
export function toEmailKey(email: string): string {
  const [, local = '', domain = ''] = /^(.*)@([^@]*)$/s.exec(email.trim().normalize('NFC').toLowerCase()) ?? [];
  return `${local}@${domainToASCII(domain) || domain}`;
}

/** One plain mailbox: no display name, no quoted part, nothing that could be read as a second recipient. */
export const IsMailbox = (): PropertyDecorator =>
  applyDecorators(
    IsEmail({}, { message: 'email must be one e-mail address' }),
    MaxLength(254),
    Matches(/^[^\s"<>(),;:\\[\]]+$/, { message: 'email must be one e-mail address' }),
  );
