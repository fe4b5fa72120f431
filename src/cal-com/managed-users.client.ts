import { Injectable } from '@nestjs/common';
import { ProviderError } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CalComApi } from './cal-com.api.js';
import { CalComConfig } from './cal-com.config.js';
import { messageOf, toClientError } from './cal-com.errors.js';
import { createdUserWire, managedUserWire, type PlatformKeysWire, platformKeysWire } from './cal-com.wire.js';

/** A person as Cal.com should know them. Without a time zone nobody could book them. */
export interface NewManagedUser {
  readonly email: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
  /** Says whose managed user it is, for whoever finds it again. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The users that a Platform client keeps at Cal.com, and their tokens; everything here takes the client's secret. */
@Injectable()
export class ManagedUsersClient {
  constructor(
    private readonly config: CalComConfig,
    private readonly api: CalComApi,
    private readonly clock: Clock,
  ) {}

  /** Or the id of the one that has this address already. */
  async create(json: NewManagedUser): Promise<{ created: PlatformKeysWire & { id: number } } | { existingId: number }> {
    const response = await this.api.callAsClient({ method: 'POST', path: this.path(''), body: { json } });
    if (response.status === 409) return { existingId: readExistingId(response.body) };
    if (response.status >= 300) throw toClientError(response, this.clock.now());
    const { user, ...keys } = this.api.checkData(response, createdUserWire);
    return { created: { ...keys, id: user.id } };
  }

  get(id: number) {
    return this.api.asClient({ method: 'GET', path: this.path(`/${id}`) }, managedUserWire);
  }

  refresh(refreshToken: string): Promise<PlatformKeysWire> {
    const path = `/oauth/${this.config.clientId ?? ''}/refresh`;
    return this.api.asClient({ method: 'POST', path, body: { json: { refreshToken } } }, platformKeysWire);
  }

  /** Ends every token of that user, and answers a new pair. */
  forceRefresh(id: number): Promise<PlatformKeysWire> {
    return this.api.asClient({ method: 'POST', path: this.path(`/${id}/force-refresh`) }, platformKeysWire);
  }

  private path(rest: string): string {
    return `/oauth-clients/${this.config.clientId ?? ''}/users${rest}`;
  }
}

/** `User with the provided e-mail already exists. Existing user ID=179`: there is no other place where the id stands. */
function readExistingId(body: unknown): number {
  const [, id] = /\bID=(\d{1,15})\b/.exec(messageOf(body)) ?? [];
  if (id === undefined) throw new ProviderError({ kind: 'contract' });
  return Number(id);
}
