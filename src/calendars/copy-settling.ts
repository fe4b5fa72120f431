import { Injectable } from '@nestjs/common';
import { type EffectiveFormation, type ExportableSession, FormationSessions } from '../formations/index.js';
import {
  type Integration,
  Integrations,
  type ProviderAccess,
  ProviderError,
  ProviderRegistry,
  TokenVault,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import type { Transaction } from '../platform/database/transaction.js';
import { type TenantScope, UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { type CalendarProvider, isCalendarProvider } from './calendar-provider.js';
import { calendarSettingsOf, lacking } from './calendar-settings.js';
import { toEventChange, toSessionPatch } from './copy-change.js';
import { CopyConflicts } from './copy-conflicts.js';
import { FIELDS, toCopyContent, valueOf, withFields } from './copy-content.js';
import { type CopyMergeResult, mergeCopy } from './copy-merge.js';
import { CopyPlanner } from './copy-planner.js';
import type { Copy, CopyContent, OurContent } from './copy.row.js';
import { CopyEditors } from './copy-editors.js';
import { CopyStore } from './copy-store.js';
import type { EventFacts, Guest } from './event-facts.js';
import { guestsOf, isSameContent, toEventContent, toOurContent } from './our-content.js';

/** How long somebody else may have the copy before it is looked at again. */
const BUSY_MS = 3_000;

/** A disappearance is believed after a second look. */
const SECOND_LOOK_MS = 20_000;

/** Rounds of reading and writing against somebody who writes at the same time. */
const MOST_ROUNDS = 5;

/** All there is to know of a copy before the provider is asked. */
interface Situation {
  readonly copy: Copy;
  readonly integration: Integration;
  readonly provider: CalendarProvider;
  readonly formation: EffectiveFormation;
  readonly session: ExportableSession;
  readonly ours: OurContent;
  readonly guests: readonly Guest[];
  readonly isWanted: boolean;
  readonly calendarId: string | null;
  readonly mayEdit: boolean;
}

export type Settled = 'done' | { readonly againAt: Date };

/**
 * Makes one copy what it should be, whatever happened before: creates, changes, moves or deletes the event, and takes
 * over what its owner has edited. It first looks at the event as it stands, so it may run at any time, again, and after
 * a crash at any point, and when nothing has changed it writes nothing.
 *
 * One worker at a time has the copy, by a lease; no transaction is open while the provider is asked. What was read is
 * written back on the condition that it has not moved meanwhile, on both sides: by etag there, by a locked comparison
 * here. Otherwise it begins anew.
 */
@Injectable()
export class CopySettling {
  constructor(
    private readonly work: UnitOfWork,
    private readonly store: CopyStore,
    private readonly planner: CopyPlanner,
    private readonly editors: CopyEditors,
    private readonly conflicts: CopyConflicts,
    private readonly formations: FormationSessions,
    private readonly integrations: Integrations,
    private readonly registry: ProviderRegistry,
    private readonly vault: TokenVault,
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  async settle(scope: TenantScope, copyId: string): Promise<Settled> {
    const leased = await this.work.inOrganization(scope, (tx) => this.store.lease(tx, copyId));
    if (leased === null) return 'done';
    if (leased === 'busy') return { againAt: this.in(BUSY_MS) };
    try {
      for (let round = 1; round <= MOST_ROUNDS; round += 1) {
        const situation = await this.look(scope, copyId);
        const settled = situation === null ? 'done' : await this.act(scope, situation);
        if (settled !== 'again') return settled;
      }
      return { againAt: this.in(SECOND_LOOK_MS) };
    } catch (error) {
      if (error instanceof ProviderError && error.failure.kind === 'changed') return { againAt: this.in(BUSY_MS) };
      throw error;
    } finally {
      await this.work.inOrganization(scope, (tx) => this.store.release(tx, leased));
    }
  }

  /** Null when there is nothing that could be done about it now. */
  private look(scope: TenantScope, copyId: string): Promise<Situation | null> {
    return this.work.inOrganization(scope, async (tx) => {
      const copy = await this.store.get(tx, copyId);
      const integration = await this.integrations.find(tx, copy.integration_id);
      const provider = integration && this.registry.find(integration.provider);
      // Whoever connects again has all their copies planned anew.
      if (!integration?.is_active || integration.status === 'needs_reauth') return null;
      if (!provider || !isCalendarProvider(provider)) return null;
      const missing = lacking(integration, provider.calendar.scopes.write);
      if (missing.length > 0) throw new ProviderError({ kind: 'insufficient-scope', missing });

      const session = await this.formations.findEffective(tx, copy.session_id);
      if (session === null) throw new Error('A copy is of a session that does not exist');
      const formation = await this.formations.getFormation(tx, session.formationId);
      const guests = guestsOf(formation, session, integration.account_email);
      return {
        copy,
        integration,
        provider,
        formation,
        session,
        guests,
        ours: toOurContent(session, guests),
        isWanted: copy.is_wanted && session.isLive,
        calendarId: calendarSettingsOf(integration).calendarId,
        mayEdit: await this.editors.mayEdit(tx, formation, session, integration),
      };
    });
  }

  private async act(scope: TenantScope, situation: Situation): Promise<Settled | 'again'> {
    const { copy, isWanted, calendarId } = situation;
    if (!isWanted) return await this.remove(scope, situation);
    const place = calendarId ?? (await this.choosePrimary(scope, situation));
    if (copy.external_id !== null && copy.calendar_id !== null && copy.calendar_id !== place) {
      await this.deleteThere(scope, situation, copy.calendar_id, copy.external_id);
      await this.work.inOrganization(scope, (tx) => this.store.gone(tx, copy.id, 'pending'));
      return 'again';
    }
    if (copy.external_id === null) return await this.create(scope, situation, place);
    return await this.compare(scope, situation, place, copy.external_id);
  }

  private async create(scope: TenantScope, situation: Situation, calendarId: string): Promise<Settled | 'again'> {
    const { copy, guests, formation } = situation;
    if (copy.state === 'refused') return 'done';
    const place = copy.sent_at === null ? calendarId : (copy.calendar_id ?? calendarId);
    if (copy.sent_at === null) {
      await this.work.inOrganization(scope, (tx) => this.store.sending(tx, copy.id, place, copy.event_key));
    }
    const facts = await this.send(scope, situation, place, guests, formation.invitesParticipants);
    this.note('copy.created', situation);
    return await this.agree(scope, situation, facts, { write: FIELDS, take: [], conflicts: [] });
  }

  /** Looks at the event, and settles the differences in both directions. */
  private async compare(
    scope: TenantScope,
    situation: Situation,
    calendarId: string,
    externalId: string,
  ): Promise<Settled | 'again'> {
    const { copy, provider, session, ours, guests, formation } = situation;
    const shown = await this.ask(scope, situation, (access) => provider.findEvent(access, calendarId, externalId));
    if (shown === null) return await this.handleMissing(scope, situation);
    const theirs = toCopyContent(shown, session.timeZone);
    const merged = mergeCopy({
      base: copy.base,
      baseOurs: copy.base_ours,
      ours,
      theirs,
      oursChangedAt: { texts: session.textChangedAt, schedule: session.scheduleChangedAt },
      theirsChangedAt: shown.updatedAt,
      mayEdit: situation.mayEdit,
    });
    const change = toEventChange(copy, ours, guests, merged.write);
    if (change === null) return await this.agree(scope, situation, shown, merged);
    const { etag } = shown;
    const kept = await this.ask(scope, situation, (access) =>
      provider.changeEvent(access, calendarId, {
        externalId,
        etag,
        notify: formation.invitesParticipants,
        ...change,
      }),
    );
    this.note('copy.changed', situation);
    return await this.agree(scope, situation, kept, merged, theirs);
  }

  /**
   * Records how far both sides agree now. If the session has moved while the provider was asked, they agree on what was
   * written and on nothing else: the other fields keep their base, so that both edits are still seen as edits.
   */
  private agree(
    scope: TenantScope,
    situation: Situation,
    facts: EventFacts,
    { write, take, conflicts }: CopyMergeResult,
    theirs: CopyContent = toCopyContent(facts, situation.session.timeZone),
  ): Promise<Settled | 'again'> {
    const { copy, session, ours, guests } = situation;
    const kept = toCopyContent(facts, session.timeZone);
    return this.work.inOrganization(scope, async (tx) => {
      const current = await this.formations.lockEffective(tx, session.sessionId);
      if (current === null || !isSameContent(ours, toOurContent(current, guests))) {
        const base = withFields(copy.base ?? kept, kept, write);
        await this.store.synced(tx, copy.id, facts, base, withFields(copy.base_ours ?? ours, ours, write));
        await this.planner.settle(tx, [copy.id]);
        return 'again';
      }
      await this.store.synced(tx, copy.id, facts, kept, withFields(ours, theirs, take));
      await this.keepConflicts(tx, situation, theirs, conflicts);
      if (take.length > 0) {
        await this.formations.applyFromCalendar(tx, session.sessionId, toSessionPatch(theirs, take));
        this.note('copy.taken_over', situation);
      }
      return 'done';
    });
  }

  private async keepConflicts(
    tx: Transaction,
    { copy, ours, session, integration }: Situation,
    theirs: CopyContent,
    conflicts: CopyMergeResult['conflicts'],
  ): Promise<void> {
    if (conflicts.length === 0) return;
    const found = conflicts.map(({ field, kept }) => ({
      field,
      kept,
      ours: valueOf(ours, field),
      theirs: valueOf(theirs, field),
    }));
    await this.conflicts.add(tx, copy, found, { integration, session });
  }

  /** Gone, says the provider. What a reading has seen, or a second look, makes it true. */
  private async handleMissing(scope: TenantScope, situation: Situation): Promise<Settled> {
    const { copy, session, ours, guests, mayEdit, integration } = situation;
    if (copy.missing_since === null) {
      const againAt = this.in(SECOND_LOOK_MS);
      await this.work.inOrganization(scope, (tx) => this.store.missing(tx, copy.id, againAt));
      return { againAt };
    }
    return await this.work.inOrganization(scope, async (tx): Promise<Settled> => {
      const current = await this.formations.lockEffective(tx, session.sessionId);
      if (current === null || !isSameContent(copy.base_ours, toOurContent(current, guests))) {
        // Deleted there and edited here: the session goes on, and its calendar gets it back.
        const conflict = { field: 'existence' as const, ours, theirs: null, kept: 'ours' as const };
        await this.store.gone(tx, copy.id, 'pending');
        await this.conflicts.add(tx, copy, [conflict], { integration, session });
        await this.planner.settle(tx, [copy.id]);
        return 'done';
      }
      await this.store.gone(tx, copy.id, mayEdit ? 'removed' : 'refused');
      if (mayEdit) await this.formations.applyFromCalendar(tx, session.sessionId, { cancelled: true });
      this.note(mayEdit ? 'copy.cancelled_by_calendar' : 'copy.refused', situation);
      return 'done';
    });
  }

  private async remove(scope: TenantScope, situation: Situation): Promise<Settled> {
    const { copy } = situation;
    const externalId = copy.external_id ?? (await this.findLost(scope, situation));
    if (externalId !== null && copy.calendar_id !== null) {
      await this.deleteThere(scope, situation, copy.calendar_id, externalId);
    }
    await this.work.inOrganization(scope, (tx) => this.store.gone(tx, copy.id, 'removed'));
    return 'done';
  }

  /** A create whose answer never came: repeating it finds the event, so that it can be deleted. */
  private async findLost(scope: TenantScope, situation: Situation): Promise<string | null> {
    const { sent_at: sentAt, calendar_id: calendarId } = situation.copy;
    if (sentAt === null || calendarId === null) return null;
    return (await this.send(scope, situation, calendarId, [], false)).externalId;
  }

  private send(
    scope: TenantScope,
    situation: Situation,
    calendarId: string,
    guests: readonly Guest[],
    notify: boolean,
  ): Promise<EventFacts> {
    const { provider, copy, ours } = situation;
    return this.ask(scope, situation, (access) =>
      provider.createEvent(access, calendarId, {
        copyId: copy.id,
        key: copy.event_key,
        content: toEventContent(ours),
        guests,
        notify,
      }),
    );
  }

  private async deleteThere(
    scope: TenantScope,
    situation: Situation,
    calendarId: string,
    externalId: string,
  ): Promise<void> {
    const { provider, formation } = situation;
    await this.ask(scope, situation, (access) =>
      provider.deleteEvent(access, calendarId, { externalId, notify: formation.invitesParticipants }),
    );
    this.note('copy.deleted', situation);
  }

  /** An account that was never read has not said which of its calendars is the primary one. */
  private async choosePrimary(scope: TenantScope, situation: Situation): Promise<string> {
    const { provider, integration } = situation;
    const calendars = await this.ask(scope, situation, (access) => provider.listCalendars(access));
    const chosen = calendars.find(({ isPrimary }) => isPrimary) ?? calendars.find(({ canWrite }) => canWrite);
    if (chosen === undefined) throw new ProviderError({ kind: 'forbidden', reason: 'no-writable-calendar' });
    await this.work.inOrganization(scope, (tx) =>
      this.integrations.update(tx, integration.id, { options: { calendar_id: chosen.id } }),
    );
    return chosen.id;
  }

  private ask<T>(
    scope: TenantScope,
    { integration }: Situation,
    use: (access: ProviderAccess) => Promise<T>,
  ): Promise<T> {
    return this.vault.withAccess(scope, integration.id, use);
  }

  private note(event: string, { copy, integration }: Situation): void {
    this.log.event(event, { copy_id: copy.id, provider: integration.provider, integration_id: integration.id });
  }

  private in(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
