import type { MeDto } from './dto/me.dto.js';
import type { OrganizationDto } from './dto/organization.dto.js';
import type { TokensDto } from './dto/tokens.dto.js';
import type { UserDto } from './dto/user.dto.js';
import type { Organization } from './organization.row.js';
import type { Person } from './profile.service.js';
import type { SignedIn } from './sessions.service.js';
import type { UserRow } from './user.row.js';

export function toUserDto({ id, email, name, role, organization_id }: UserRow): UserDto {
  return { id, email, name, role, organization_id };
}

export function toOrganizationDto({ id, name, slug, time_zone, locale }: Organization): OrganizationDto {
  return { id, name, slug, time_zone, locale };
}

export function toMeDto({ user, organization, password }: Person): MeDto {
  const { id, email, name, role, organization_id } = user;
  return {
    id,
    email,
    name,
    role,
    organization_id,
    organization: toOrganizationDto(organization),
    has_password: password !== null,
    password_expires_at: password?.expiresAt?.toISOString() ?? null,
  };
}

export function toTokensDto({ accessToken, expiresInSeconds, refreshToken, user }: SignedIn): TokensDto {
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
    user: toUserDto(user),
  };
}
