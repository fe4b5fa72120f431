import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = Symbol('IS_PUBLIC');

/** The route asks for no session: its callers are providers, probes, or people who are about to sign in. */
export const Public = (): CustomDecorator<symbol> => SetMetadata(IS_PUBLIC, true);
