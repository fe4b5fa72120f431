import { Injectable } from '@nestjs/common';
import { AccountsConfig, type Organization, Organizations, type Session, UserNames } from '../accounts/index.js';
import { ProviderError, type TokenGrant } from '../integrations/index.js';
import { sha256 } from '../platform/crypto/hashing.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { CalComGrants } from './cal-com.grants.js';
import type { PlatformKeysWire } from './cal-com.wire.js';
import { ManagedUserClaims } from './managed-user-claims.js';
import { ManagedUsersClient, type NewManagedUser } from './managed-users.client.js';

type Person = Pick<Session, 'organizationId' | 'userId' | 'email'>;
type Keys = PlatformKeysWire & { id: number };

const ORGANIZATION_MARK = 'passerelle_organization';
const USER_MARK = 'passerelle_user';

/**
 * A person's managed user at Cal.com: made once, and found again ever after by its id. Addresses only tell managed users
 * apart at Cal.com; here anybody may claim one when they register, so that a user whose address is ours is not yet ours.
 */
@Injectable()
export class ManagedUsers {
  constructor(
    private readonly work: UnitOfWork,
    private readonly client: ManagedUsersClient,
    private readonly claims: ManagedUserClaims,
    private readonly grants: CalComGrants,
    private readonly organizations: Organizations,
    private readonly names: UserNames,
    private readonly accounts: AccountsConfig,
    private readonly log: EventLog,
  ) {}

  /** Tokens of the person's user, who is made if need be. By the holder of the claim alone. */
  async obtain(person: Person): Promise<TokenGrant> {
    const { known, organization, name } = await this.work.inOrganization(person, async (tx) => ({
      known: await this.claims.findUserOf(tx, person),
      organization: await this.organizations.get(tx),
      name: (await this.names.find(tx, [person.userId])).get(person.userId) ?? person.email,
    }));
    const wanted = describe(person, organization, name);
    const keys = (known !== null && (await this.renew(known))) || (await this.make(person, wanted));
    await this.work.inOrganization(person, (tx) => this.claims.keep(tx, person, keys.id));
    return this.grants.ofManagedUser({ id: keys.id, email: person.email, name }, keys);
  }

  /** Null when Cal.com no longer has that user. */
  private async renew(id: number): Promise<Keys | null> {
    try {
      return { ...(await this.client.forceRefresh(id)), id };
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'reauthorize') return null;
      throw error;
    }
  }

  private async make(person: Person, wanted: NewManagedUser): Promise<Keys> {
    const answer = await this.client.create(wanted);
    if ('created' in answer) return answer.created;
    const { existingId } = answer;
    if (await this.mayTakeOver(person, existingId)) {
      const keys = await this.renew(existingId);
      if (keys) return keys;
    }
    // Somebody else's user has the address: theirs stays theirs, and this person gets one beside it.
    this.log.warning('cal_com.managed_user_address_taken', { user_id: person.userId });
    const again = await this.client.create({ ...wanted, email: besideTheirs(person) });
    if ('created' in again) return again.created;
    // Only this person's can have that address.
    const keys = await this.renew(again.existingId);
    if (keys === null) throw new ProviderError({ kind: 'contract' });
    return keys;
  }

  /**
   * One that bears this person's mark was made for them, and the answer got lost. One that bears none was made by another
   * program: it is taken over where an address proves something, and not where anybody may register with any.
   */
  private async mayTakeOver(person: Person, id: number): Promise<boolean> {
    const { metadata } = await this.client.get(id);
    const marks = [metadata?.[ORGANIZATION_MARK], metadata?.[USER_MARK]];
    if (marks[0] === person.organizationId && marks[1] === person.userId) return true;
    const isUnmarked = marks.every((mark) => mark === undefined);
    if (!isUnmarked || this.accounts.registration === 'open') return false;
    return await this.work.inOrganization(person, (tx) => this.claims.keep(tx, person, id));
  }
}

function describe(person: Person, { time_zone: timeZone, locale }: Organization, name: string): NewManagedUser {
  const metadata = { [ORGANIZATION_MARK]: person.organizationId, [USER_MARK]: person.userId };
  return { email: person.email, name, timeZone, locale, metadata };
}

function besideTheirs({ email, userId }: Person): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, at)}+${sha256(userId).toString('hex').slice(0, 10)}${email.slice(at)}`;
}
