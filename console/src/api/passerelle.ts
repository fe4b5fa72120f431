import { createPasserelle, webLocks, webStore } from '@passerelle/client';
import { currentLanguage } from '@/i18n/i18n';

/** The server's own address, unless the console was built for another one. */
export const ORIGIN: string = import.meta.env.VITE_API_ORIGIN || window.location.origin;

export const { session, rest, live } = createPasserelle({
  origin: ORIGIN,
  // Of the whole browser: a link opened in a new tab is still signed in.
  store: webStore(window.localStorage),
  language: currentLanguage,
  exclusively: webLocks(),
});

export { bodyOf, type Page, pageOf, Problem } from '@passerelle/client';
export type { components } from '@passerelle/client';
