import type { Session } from '../accounts/index.js';

/** Which sockets hear a message. Only the server joins rooms, and only from the session; no client names one. */
export const socketRooms = {
  organization: (id: string): string => `org:${id}`,
  user: (id: string): string => `user:${id}`,
  session: (id: string): string => `session:${id}`,
};

export function roomsOf({ organizationId, userId, sessionId }: Session): string[] {
  return [socketRooms.organization(organizationId), socketRooms.user(userId), socketRooms.session(sessionId)];
}
