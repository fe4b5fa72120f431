export const SETTLE_COPY = 'calendars.settle-copy';
