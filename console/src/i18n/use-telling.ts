import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Telling } from './instants';

/** The zone in which the console tells the hour: the organization's, once it is known. */
export const ZoneContext = createContext(new Intl.DateTimeFormat().resolvedOptions().timeZone);

export function useZone(): string {
  return useContext(ZoneContext);
}

export function useTelling(): Telling {
  const { i18n } = useTranslation();
  const zone = useZone();
  return { language: i18n.resolvedLanguage === 'en' ? 'en' : 'fr', zone };
}
