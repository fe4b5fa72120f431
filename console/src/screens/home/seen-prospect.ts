const KEY = 'passerelle.has-seen-a-prospect';

/** The one step of the first run that only the person knows about. */
export const hasSeenProspect = (): boolean => localStorage.getItem(KEY) === 'true';

export const noteSeenProspect = (): void => localStorage.setItem(KEY, 'true');
