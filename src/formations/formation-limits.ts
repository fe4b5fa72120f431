export const MAX_SESSIONS = 200;
export const MAX_PARTICIPANTS = 500;
export const MAX_SESSION_DAYS = 31;

export const MAX_TITLE = 255;
export const MAX_DESCRIPTION = 8_000;
export const MAX_LOCATION = 500;
export const MAX_NAME = 200;
