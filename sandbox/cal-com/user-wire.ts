import type { User } from './model.js';

export function toWireUser(user: User) {
  const { id, email, username, name, bio, avatarUrl, timeZone, weekStart, timeFormat, defaultScheduleId, locale } =
    user;
  return {
    id,
    email,
    username,
    name,
    bio,
    timeZone,
    weekStart,
    createdDate: user.createdAt.toISOString(),
    timeFormat,
    defaultScheduleId,
    locale,
    avatarUrl,
    metadata: { ...user.metadata },
  };
}

export function toWireMe(user: User) {
  const { id, username, email, name, avatarUrl, bio, timeFormat, defaultScheduleId, weekStart, timeZone } = user;
  return {
    id,
    username,
    email,
    name,
    avatarUrl,
    bio,
    timeFormat,
    defaultScheduleId,
    weekStart,
    timeZone,
    organizationId: user.organizationId,
    organization: { isPlatform: user.clientId !== null, id: user.organizationId },
  };
}
