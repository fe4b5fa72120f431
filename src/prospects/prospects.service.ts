import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { Session } from '../accounts/index.js';
import { MailArchive, OrganizationFeed } from '../notifications/index.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { toEmailKey } from './email-key.js';
import { ProspectBookings } from './prospect-bookings.js';
import type { ProspectDetail } from './prospect-detail.js';
import { rememberErasure } from './prospect-erasures.js';
import { ProspectNews } from './prospect-news.js';
import { ProspectNotes } from './prospect-notes.js';
import { type ProspectPage, type ProspectSearch, searchProspects } from './prospect-search.js';
import { Prospect } from './prospect.entity.js';
import { listViews, type ProspectView } from './prospect.view.js';
import { prospectEmailTaken, prospectNotFound, prospectUnrecognisable } from './prospects.problems.js';

/** What a person writes; null empties a field, undefined leaves it. */
export interface ProspectWriting {
  firstname?: string | null;
  lastname?: string | null;
  email?: string | null;
  phone?: string | null;
  status?: string;
  source?: string;
  notes?: string | null;
}

/** What people do with prospects. What bookings do with them is in `ProspectBook`. */
@Injectable()
export class Prospects {
  constructor(
    private readonly work: UnitOfWork,
    private readonly feed: OrganizationFeed,
    private readonly notes: ProspectNotes,
    private readonly news: ProspectNews,
    private readonly bookings: ProspectBookings,
    private readonly mails: MailArchive,
  ) {}

  list(session: Session, search: ProspectSearch): Promise<ProspectPage> {
    return this.work.inOrganization(session, (tx) => searchProspects(tx, search));
  }

  get(session: Session, id: string): Promise<ProspectDetail> {
    return this.work.inOrganization(session, async (tx) => ({
      view: await getView(tx, id),
      noteEntries: await this.notes.list(tx, id),
      bookings: await this.bookings.list(tx, id),
    }));
  }

  create(session: Session, writing: ProspectWriting): Promise<ProspectView> {
    const id = newId();
    return this.unlessEmailTaken(session, writing, async (tx) => {
      const prospect = { ...BLANK, ...toColumns(writing) };
      if (!Prospect.isRecognisable(prospect)) throw new Problem(prospectUnrecognisable);
      await tx.manager.insert(Prospect, { ...prospect, id, organization_id: session.organizationId });
      if (writing.notes) await this.notes.writeManual(tx, id, writing.notes);
      await this.news.announce(tx, { created: [id], updated: [] });
      return await getView(tx, id);
    });
  }

  update(session: Session, id: string, writing: ProspectWriting): Promise<ProspectView> {
    return this.unlessEmailTaken(session, writing, async (tx) => {
      const mine = { id, organization_id: session.organizationId };
      const known = await tx.manager.findOne(Prospect, { where: mine, lock: { mode: 'pessimistic_write' } });
      if (known === null) throw new Problem(prospectNotFound);
      const columns = toColumns(writing);
      if (!Prospect.isRecognisable(Object.assign(known, columns))) throw new Problem(prospectUnrecognisable);
      if (Object.keys(columns).length > 0) await tx.manager.update(Prospect, mine, columns);
      if (writing.notes !== undefined) await this.notes.writeManual(tx, id, writing.notes ?? '');
      await this.news.announce(tx, { created: [], updated: [id] });
      return await getView(tx, id);
    });
  }

  /** Nothing of the person stays, but for what keeps an old booking from bringing them back. */
  async erase(session: Session, id: string): Promise<void> {
    await this.work.inOrganization(session, async (tx) => {
      // After a merge that may be about to write about the same person, never in the midst of it.
      await this.feed.lock(tx);
      const [erased] = await tx.query<{ email_key: string | null }>(
        `DELETE FROM prospects WHERE organization_id = $1 AND id = $2 RETURNING email_key`,
        [session.organizationId, id],
      );
      if (erased === undefined) throw new Problem(prospectNotFound);
      if (erased.email_key !== null) await rememberErasure(tx, erased.email_key);
      await this.mails.forgetProspect(tx, id);
      await this.news.announceErased(tx, id);
    });
  }

  /**
   * Left to the unique index to decide, which alone sees what others are writing at the same moment. Its refusal ends
   * the transaction, so whose address it is is asked in another one.
   */
  private async unlessEmailTaken<T>(
    session: Session,
    { email }: ProspectWriting,
    write: (tx: Transaction) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.work.inOrganization(session, write);
    } catch (error) {
      if (!email || !isEmailTaken(error)) throw error;
      const owner = await this.work.inOrganization(session, (tx) => findIdByEmail(tx, email));
      throw toEmailTaken(owner, error);
    }
  }
}

const BLANK = {
  firstname: '',
  lastname: '',
  email: null,
  email_key: null,
  phone: null,
  status: 'new',
  source: 'manual',
};

/** Only what was written; an insert or an update leaves the rest alone. */
function toColumns({ firstname, lastname, email, phone, status, source }: ProspectWriting): Partial<Prospect> {
  return {
    ...(firstname !== undefined && { firstname: firstname ?? '' }),
    ...(lastname !== undefined && { lastname: lastname ?? '' }),
    ...(email !== undefined && { email, email_key: email === null ? null : toEmailKey(email) }),
    ...(phone !== undefined && { phone }),
    ...(status !== undefined && { status }),
    ...(source !== undefined && { source }),
  };
}

async function getView(tx: Transaction, id: string): Promise<ProspectView> {
  const [view] = await listViews(tx, [id]);
  if (view === undefined) throw new Problem(prospectNotFound);
  return view;
}

async function findIdByEmail(tx: Transaction, email: string): Promise<string | null> {
  const [owner] = await tx.query<{ id: string }>(
    `SELECT id FROM prospects WHERE organization_id = $1 AND email_key = $2`,
    [tx.organizationId, toEmailKey(email)],
  );
  return owner?.id ?? null;
}

function isEmailTaken(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' && constraint === 'prospects_email';
}

/** The owner may have gone again since. */
function toEmailTaken(owner: string | null, cause: unknown): Problem {
  const detail =
    owner === null
      ? undefined
      : {
          fr: `Le prospect ${owner} porte déjà cette adresse e-mail.`,
          en: `Prospect ${owner} already has this e-mail address.`,
        };
  const message = {
    fr: 'Est déjà celle d’un prospect',
    en: owner === null ? 'is taken' : `is taken by prospect ${owner}`,
  };
  const errors = [{ pointer: '/email', message }];
  return new Problem(prospectEmailTaken, { detail, errors, cause });
}
