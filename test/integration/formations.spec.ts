import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { accountsConfig, AuditTrail, type Session } from '../../src/accounts/index.js';
import { FormationChanges, FormationSessions, FormationsModule, SessionCopies } from '../../src/formations/index.js';
import { type FormationReplacement, Formations, type NewFormation } from '../../src/formations/formations.service.js';
import { ParticipantEditing } from '../../src/formations/participant-editing.js';
import { SessionEditing } from '../../src/formations/session-editing.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { platformConfig } from '../../src/platform/config/platform.config.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import type { Transaction } from '../../src/platform/database/transaction.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { Gate } from '../support/gate.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const DAY_1 = { starts_at: '2026-03-10T09:00', ends_at: '2026-03-10T17:00' };
const DAY_2 = { starts_at: '2026-03-11T09:00', ends_at: '2026-03-11T17:00' };
const DAY_3 = { starts_at: '2026-03-12T09:00', ends_at: '2026-03-12T17:00' };
const ANN = { email: 'ann@example.test', name: 'Ann' };
const BOB = { email: 'bob@example.test' };
const EVE = { email: 'eve@example.test', role: 'trainer' as const };

describe('formations, for those who keep copies of their sessions', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let formations: Formations;
  let faces: FormationSessions;
  let owner: Session;
  /** What was announced, and when, in the order of the changes. */
  let announced: { formationId: string; titles: string[] }[];
  let veto: Error | null;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startFormations(database.url);
    formations = app.get(Formations);
    faces = app.get(FormationSessions);
    app.get(FormationChanges).onChanged(async (tx, formationId) => {
      if (veto !== null) throw veto;
      const sessions = await faces.listForExport(tx, formationId);
      announced.push({ formationId, titles: sessions.map(({ title }) => title) });
    });
  });

  beforeEach(async () => {
    owner = await addOrganization();
    [announced, veto] = [[], null];
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const within = <T>(work: (tx: Transaction) => Promise<T>, session = owner) =>
    app.get(UnitOfWork).inOrganization(session, work);
  const create = (formation: Partial<NewFormation> = {}) =>
    formations.create(owner, { title: 'Habilitation', sessions: [DAY_1], participants: [ANN, BOB], ...formation });
  const listForExport = (id: string) => within((tx) => faces.listForExport(tx, id));
  const find = (sessionId: string) => within((tx) => faces.findEffective(tx, sessionId));
  const edit = (sessionId: string, change: Parameters<FormationSessions['applyFromCalendar']>[2]) =>
    within((tx) => faces.applyFromCalendar(tx, sessionId, change));

  async function addOrganization(): Promise<Session> {
    const [organizationId, userId] = [randomUUID(), randomUUID()];
    await database.query(
      `INSERT INTO organizations (id, name, slug, time_zone) VALUES ($1, 'A', $1::uuid::text, 'Europe/Paris')`,
      [organizationId],
    );
    return await addUser(organizationId, userId, `owner.${userId}@example.test`, 'owner');
  }

  async function addUser(organizationId: string, userId: string, email: string, role: Session['role']) {
    await database.query(
      `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES ($1, $2, $3, $3, 'N', $4)`,
      [userId, organizationId, email, role],
    );
    return { userId, organizationId, sessionId: randomUUID(), role, email, expiresAt: new Date('2100-01-01') };
  }

  it('are shown with every session as it stands in effect, and whose date it is', async () => {
    const { formation, participants } = await create({
      description: 'Casque obligatoire',
      location: 'Paris',
      sessions: [{ ...DAY_1, title: 'Jour 1', location: 'Lyon', time_zone: 'Europe/London' }, DAY_2],
      participants: [ANN, EVE],
    });

    const [first, second, ...others] = await listForExport(formation.id);
    expect(others).toEqual([]);
    const [ann, eve] = participants;
    expect(first).toEqual({
      sessionId: expect.any(String),
      formationId: formation.id,
      title: 'Jour 1',
      description: 'Casque obligatoire',
      location: 'Lyon',
      startsAt: new Date('2026-03-10T09:00:00Z'),
      endsAt: new Date('2026-03-10T17:00:00Z'),
      timeZone: 'Europe/London',
      isLive: true,
      textChangedAt: formation.created_at,
      scheduleChangedAt: formation.created_at,
      updatedAt: formation.created_at,
      participants: [
        { participantId: ann!.id, userId: null, email: 'ann@example.test', name: 'Ann', role: 'participant' },
        { participantId: eve!.id, userId: null, email: 'eve@example.test', name: null, role: 'trainer' },
      ],
    });
    expect(second).toMatchObject({ title: 'Habilitation', location: 'Paris', timeZone: 'Europe/Paris' });
    expect(await find(first!.sessionId)).toEqual(first);
    expect(await within((tx) => faces.lockEffective(tx, second!.sessionId))).toEqual(second);
    expect(await find(randomUUID())).toBeNull();
    expect(await within((tx) => faces.lockEffective(tx, randomUUID()))).toBeNull();
  });

  it('know the member with a participant’s address at every look: before, during and after', async () => {
    const { formation } = await create({ participants: [{ email: 'Zoé.Martin@EXÄMPLE.test' }] });
    const userIdNow = async () => (await listForExport(formation.id))[0]!.participants[0]!.userId;
    expect(await userIdNow()).toBeNull();

    const stranger = await addOrganization();
    await addUser(stranger.organizationId, randomUUID(), 'zoé.martin@xn--exmple-cua.test', 'member');
    expect(await userIdNow()).toBeNull();
    const { userId } = await addUser(owner.organizationId, randomUUID(), 'zoé.martin@xn--exmple-cua.test', 'member');
    expect(await userIdNow()).toBe(userId);
    await database.query('UPDATE users SET removed_at = now() WHERE id = $1', [userId]);
    expect(await userIdNow()).toBeNull();
  });

  it('give an individual date to one participant, and take from them the general one it replaces', async () => {
    const { formation, sessions, participants } = await create({ sessions: [DAY_1, DAY_2] });
    const [ann, bob] = participants.map(({ id }) => id);
    const people = async () =>
      (await listForExport(formation.id)).map((session) => session.participants.map(({ email }) => email.slice(0, 3)));

    const { session: own } = await app.get(SessionEditing).add(owner, formation.id, {
      ...DAY_3,
      participant_id: bob,
      replaces_session_id: sessions[0]!.id,
    });
    expect(await people()).toEqual([['ann'], ['ann', 'bob'], ['bob']]);

    // Somebody whose own date is cancelled has not asked for the general one.
    await app.get(SessionEditing).change(owner, formation.id, own.id, { status: 'cancelled' });
    expect(await people()).toEqual([['ann'], ['ann', 'bob'], ['bob']]);
    await app.get(SessionEditing).remove(owner, formation.id, own.id);
    expect(await people()).toEqual([['ann', 'bob'], ['ann', 'bob'], ['bob']]);

    await app.get(ParticipantEditing).remove(owner, formation.id, ann!);
    expect(await people()).toEqual([['bob'], ['bob'], ['bob']]);
  });

  it('delete the dates of a participant who goes, so that their copies can be removed, and no others', async () => {
    const { formation, sessions, participants } = await create({ sessions: [DAY_1] });
    const { session: own } = await app.get(SessionEditing).add(owner, formation.id, {
      ...DAY_2,
      participant_id: participants[1]!.id,
      replaces_session_id: sessions[0]!.id,
    });

    await app.get(ParticipantEditing).remove(owner, formation.id, participants[1]!.id);

    const [general, orphan, ...others] = await listForExport(formation.id);
    expect(others).toEqual([]);
    expect(general).toMatchObject({ isLive: true, participants: [{ participantId: participants[0]!.id }] });
    expect(orphan).toMatchObject({ sessionId: own.id, isLive: false, participants: [] });
    expect((await formations.get(owner, formation.id)).sessions.map(({ id }) => id)).toEqual([sessions[0]!.id]);
  });

  it('keep what was deleted in sight of copies alone, as not taking place', async () => {
    const { formation, sessions } = await create({ sessions: [DAY_1, DAY_2] });
    const isLive = async () => (await listForExport(formation.id)).map((session) => session.isLive);
    expect(await isLive()).toEqual([true, true]);

    await app.get(SessionEditing).remove(owner, formation.id, sessions[0]!.id);
    expect(await isLive()).toEqual([false, true]);
    await formations.update(owner, formation.id, { status: 'draft' });
    expect(await isLive()).toEqual([false, false]);
    await formations.update(owner, formation.id, { status: 'confirmed' });
    expect(await isLive()).toEqual([false, true]);

    await formations.remove(owner, formation.id);
    expect(await isLive()).toEqual([false, false]);
    expect(await within((tx) => faces.getFormation(tx, formation.id))).toEqual({
      id: formation.id,
      invitesParticipants: false,
      createdBy: owner.userId,
      status: 'confirmed',
      isDeleted: true,
      participantCount: 2,
    });
    await expect(within((tx) => faces.lockFormation(tx, formation.id))).rejects.toThrow('formation/not-found');
    await expect(formations.get(owner, formation.id)).rejects.toThrow('formation/not-found');
  });

  it('are nobody else’s: another organization finds none of it', async () => {
    const { formation, sessions } = await create();
    const stranger = await addOrganization();
    const [id, sessionId] = [formation.id, sessions[0]!.id];

    await expect(within((tx) => faces.getFormation(tx, id), stranger)).rejects.toThrow('formation/not-found');
    await expect(within((tx) => faces.lockFormation(tx, id), stranger)).rejects.toThrow('formation/not-found');
    await expect(within((tx) => faces.listForExport(tx, id), stranger)).rejects.toThrow('formation/not-found');
    expect(await within((tx) => faces.findEffective(tx, sessionId), stranger)).toBeNull();
    expect(await within((tx) => faces.lockEffective(tx, sessionId), stranger)).toBeNull();
    await expect(within((tx) => faces.applyFromCalendar(tx, sessionId, { cancelled: true }), stranger)).rejects.toThrow(
      'formation-session/not-found',
    );
    expect((await find(sessionId))?.isLive).toBe(true);
  });

  it('announce every change in its transaction, after its writes', async () => {
    const { formation, sessions, participants } = await create({ title: 'Un' });
    const { id } = formation;
    const [dates, people] = [app.get(SessionEditing), app.get(ParticipantEditing)];
    const replacement: FormationReplacement = { title: 'Trois', sessions: [{ ...DAY_1, id: sessions[0]!.id }] };
    const changes: [change: () => Promise<unknown>, titles: string[]][] = [
      [() => formations.update(owner, id, { title: 'Deux' }), ['Deux']],
      [() => formations.update(owner, id, { invite_participants: true }), ['Deux']],
      [() => formations.replace(owner, id, replacement), ['Trois']],
      [() => dates.add(owner, id, { ...DAY_2, title: 'Jour 2' }), ['Trois', 'Jour 2']],
      [() => dates.change(owner, id, sessions[0]!.id, { title: 'Jour 1' }), ['Jour 1', 'Jour 2']],
      [() => people.add(owner, id, EVE), ['Jour 1', 'Jour 2']],
      [() => people.change(owner, id, participants[0]!.id, { name: 'Anne' }), ['Jour 1', 'Jour 2']],
      [() => people.remove(owner, id, participants[0]!.id), ['Jour 1', 'Jour 2']],
      [() => edit(sessions[0]!.id, { title: 'Lundi' }), ['Lundi', 'Jour 2']],
      [() => edit(sessions[0]!.id, { cancelled: true }), ['Lundi', 'Jour 2']],
      [() => dates.remove(owner, id, sessions[0]!.id), ['Lundi', 'Jour 2']],
      [() => formations.remove(owner, id), ['Lundi', 'Jour 2']],
    ];
    expect(announced.splice(0)).toEqual([{ formationId: id, titles: ['Un'] }]);
    for (const [change, titles] of changes) {
      await change();
      expect(announced.splice(0)).toEqual([{ formationId: id, titles }]);
    }
  });

  it('take a change back when whoever hears of it fails', async () => {
    const { formation } = await create({ title: 'Un' });
    veto = new Error('no');

    await expect(formations.update(owner, formation.id, { title: 'Deux' })).rejects.toThrow('no');
    await expect(create({ title: 'Jamais' })).rejects.toThrow('no');

    const { formations: listed } = await formations.list(owner, { limit: 50 });
    expect(listed.map(({ title }) => title)).toEqual(['Un']);
  });

  it('remember when a text or a date really changed', async () => {
    const { formation, sessions } = await create();
    const [sessionId, changedAt] = [sessions[0]!.id, formation.created_at];
    const dates = app.get(SessionEditing);

    await dates.change(owner, formation.id, sessionId, { ...DAY_1, title: null, status: 'scheduled' });
    await formations.update(owner, formation.id, { title: 'Habilitation', status: 'confirmed' });
    expect(await find(sessionId)).toMatchObject({ textChangedAt: changedAt, scheduleChangedAt: changedAt });

    await dates.change(owner, formation.id, sessionId, { ends_at: '2026-03-10T18:00' });
    const moved = (await find(sessionId))!;
    expect(moved.textChangedAt).toEqual(changedAt);
    expect(moved.scheduleChangedAt.getTime()).toBeGreaterThan(changedAt.getTime());
    expect(moved.updatedAt).toEqual(moved.scheduleChangedAt);

    await formations.update(owner, formation.id, { location: 'Lyon' });
    const renamed = (await find(sessionId))!;
    expect(renamed.textChangedAt.getTime()).toBeGreaterThan(moved.updatedAt.getTime());
    expect(renamed.scheduleChangedAt).toEqual(moved.scheduleChangedAt);
  });

  describe('an edit in a calendar', () => {
    it('becomes the session’s own and leaves its formation and the other sessions alone', async () => {
      const { formation, sessions } = await create({
        description: 'Texte',
        location: 'Paris',
        sessions: [DAY_1, DAY_2],
      });
      const [first, second] = sessions.map(({ id }) => id);

      const startsAt = new Date('2026-03-10T10:00:00Z');
      expect(await edit(first!, { location: 'Lyon', startsAt, timeZone: 'Europe/London' })).toBe('applied');

      expect(await find(first!)).toMatchObject({
        title: 'Habilitation',
        description: 'Texte',
        location: 'Lyon',
        startsAt,
        endsAt: new Date('2026-03-10T16:00:00Z'),
        timeZone: 'Europe/London',
      });
      expect(await find(second!)).toMatchObject({ location: 'Paris' });
      const detail = await formations.get(owner, formation.id);
      expect(detail.formation).toMatchObject({ title: 'Habilitation', location: 'Paris' });
      // What was not edited is still the formation's.
      expect(detail.sessions[0]).toMatchObject({ title: null, description: null, location: 'Lyon' });
    });

    it('can empty a text that the formation has, but not the title', async () => {
      const { sessions } = await create({ description: 'Texte', location: 'Paris' });
      const sessionId = sessions[0]!.id;

      expect(await edit(sessionId, { title: ' ', description: null, location: '' })).toBe('applied');
      expect(await find(sessionId)).toMatchObject({ title: 'Habilitation', description: null, location: null });
      expect(await edit(sessionId, { title: ' ', description: null, location: null })).toBe('unchanged');
    });

    it('that says what stands already changes nothing and tells nobody', async () => {
      const { formation, sessions } = await create({ location: 'Paris' });
      const session = (await find(sessions[0]!.id))!;
      announced = [];
      const { title, description, location, startsAt, endsAt, timeZone } = session;

      expect(await edit(session.sessionId, { title, description, location, startsAt, endsAt, timeZone })).toBe(
        'unchanged',
      );

      expect(announced).toEqual([]);
      expect(await find(session.sessionId)).toEqual(session);
      expect((await formations.get(owner, formation.id)).sessions[0]).toMatchObject({ title: null, location: null });
    });

    it('can cancel the session, once', async () => {
      const { sessions } = await create();
      expect(await edit(sessions[0]!.id, { cancelled: true })).toBe('applied');
      expect(await find(sessions[0]!.id)).toMatchObject({ isLive: false });
      expect(await edit(sessions[0]!.id, { cancelled: true })).toBe('unchanged');
    });

    it('that no session can have is not taken, and told, so that the calendar gets back what stands here', async () => {
      const { sessions } = await create();
      const session = (await find(sessions[0]!.id))!;
      announced = [];
      const impossible = [
        { endsAt: session.startsAt },
        { startsAt: session.endsAt },
        { title: 'Trop long', endsAt: new Date('2026-05-10T16:00:00Z') },
        { timeZone: 'Mars/Phobos' },
      ];
      for (const change of impossible) expect(await edit(session.sessionId, change)).toBe('impossible');
      expect(announced).toHaveLength(impossible.length);
      expect(await find(session.sessionId)).toEqual(session);
    });

    it('comes too late for what was deleted', async () => {
      const { formation, sessions } = await create({ sessions: [DAY_1, DAY_2] });
      await app.get(SessionEditing).remove(owner, formation.id, sessions[0]!.id);
      expect(await edit(sessions[0]!.id, { title: 'X' })).toBe('impossible');
      await formations.remove(owner, formation.id);
      expect(await edit(sessions[1]!.id, { cancelled: true })).toBe('impossible');
      expect(await find(sessions[1]!.id)).toMatchObject({ title: 'Habilitation' });
    });

    it('is written in the trail as the system’s, and a deletion as its person’s', async () => {
      const { formation, sessions } = await create();
      await edit(sessions[0]!.id, { title: 'Secret', location: 'Lyon' });
      await formations.remove(owner, formation.id);

      const lines = await database.query(
        `SELECT actor_type, actor_id, action, object_id, details FROM audit_events
         WHERE organization_id = $1 ORDER BY position`,
        [owner.organizationId],
      );
      expect(lines).toEqual([
        {
          actor_type: 'system',
          actor_id: null,
          action: 'formation_session.changed_by_calendar',
          object_id: sessions[0]!.id,
          details: { formation_id: formation.id, fields: ['title', 'location'] },
        },
        {
          actor_type: 'user',
          actor_id: owner.userId,
          action: 'formation.deleted',
          object_id: formation.id,
          details: {},
        },
      ]);
      expect(await within((tx) => app.get(AuditTrail).verify(tx))).toMatchObject({ intact: true });
    });
  });

  it('hold still while a session is locked, and go on afterwards', async () => {
    const { formation, sessions } = await create();
    const [locked, release] = [new Gate(), new Gate()];
    const holder = within(async (tx) => {
      const session = await faces.lockEffective(tx, sessions[0]!.id);
      locked.open();
      await release.opened;
      await faces.applyFromCalendar(tx, sessions[0]!.id, { title: `${session!.title} (déplacée)` });
    });
    await locked.opened;
    const writer = app.get(SessionEditing).change(owner, formation.id, sessions[0]!.id, { location: 'Lyon' });
    // Others may refer to the formation meanwhile, and read it.
    await within((tx) =>
      tx.query(`INSERT INTO formation_exports (formation_id, provider, organization_id) VALUES ($1, 'google', $2)`, [
        formation.id,
        owner.organizationId,
      ]),
    );
    expect((await formations.get(owner, formation.id)).sessions[0]).toMatchObject({ title: null, location: null });
    release.open();
    await Promise.all([holder, writer]);

    expect(await find(sessions[0]!.id)).toMatchObject({ title: 'Habilitation (déplacée)', location: 'Lyon' });
  });

  it('survive people and calendars who write at the same moment: every edit is kept, and nobody waits for ever', async () => {
    const { formation, sessions } = await create({ sessions: [DAY_1, DAY_2] });
    const [first, second] = sessions.map(({ id }) => id);
    const dates = app.get(SessionEditing);

    // As many as there are connections: whoever waits for one of those gives up sooner than a busy machine is done.
    await Promise.all(
      Array.from({ length: 3 }, (_, index) => [
        edit(first!, { title: `Titre ${index}` }),
        edit(second!, { location: `Salle ${index}` }),
        dates.change(owner, formation.id, first!, { location: `Lieu ${index}` }),
        dates.change(owner, formation.id, second!, { description: `Texte ${index}` }),
        dates.add(owner, formation.id, DAY_3),
        formations.update(owner, formation.id, { description: `Description ${index}` }),
      ]).flat(),
    );

    const { sessions: after } = await formations.get(owner, formation.id);
    expect(after).toHaveLength(5);
    expect(after[0]).toMatchObject({
      title: expect.stringMatching(/^Titre/),
      location: expect.stringMatching(/^Lieu/),
    });
    expect(after[1]).toMatchObject({
      location: expect.stringMatching(/^Salle/),
      description: expect.stringMatching(/^Texte/),
    });
    expect(announced).toHaveLength(19);
  });

  it('let nobody past their limits or into a list twice, however many ask at once', async () => {
    const many = Array.from({ length: 199 }, () => DAY_1);
    const people = Array.from({ length: 499 }, (_, index) => ({ email: `p${index}@example.test` }));
    const { formation } = await create({ sessions: many, participants: people });
    const { id } = formation;

    const dates = await settle(6, () => app.get(SessionEditing).add(owner, id, DAY_2));
    expect(dates).toEqual(['done', ...Array<string>(5).fill('formation/too-many-sessions')]);
    const same = await settle(6, () => app.get(ParticipantEditing).add(owner, id, { email: 'New@example.test' }));
    expect(same.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(await settle(1, () => app.get(ParticipantEditing).add(owner, id, EVE))).toEqual([
      'formation/too-many-participants',
    ]);
    expect((await listForExport(id)).every((session) => session.participants.length === 500)).toBe(true);
  });

  it('refuse an address twice also when both come at once', async () => {
    const { formation } = await create();
    const outcomes = await settle(8, (index) =>
      app.get(ParticipantEditing).add(owner, formation.id, { email: index % 2 ? 'EVE@example.test' : EVE.email }),
    );
    expect(outcomes).toEqual(['done', ...Array<string>(7).fill('formation-participant/email-taken')]);
  });

  it('tell of calendars what the reader of copies says, in the transaction that reads the rest', async () => {
    const { formation, sessions, participants } = await create();
    const copies = app.get(SessionCopies);
    const none = await formations.get(owner, formation.id);
    expect(none.copies).toEqual({ bySession: new Map(), byParticipant: new Map(), conflicts: [] });

    const view = {
      provider: 'google',
      participant_id: participants[0]!.id,
      state: 'synced',
      error: null,
      html_link: null,
      event_id: 'e1',
      updated_at: new Date(),
    };
    const told: unknown[] = [];
    copies.readFrom({
      describe: async (tx, formationId) => {
        told.push(tx.organizationId, formationId);
        return {
          bySession: new Map([[sessions[0]!.id, [view]]]),
          byParticipant: new Map([
            [participants[1]!.id, [{ state: 'not_connected' as const, provider: null, reason: null }]],
          ]),
          conflicts: [],
        };
      },
    });
    const { copies: described } = await formations.get(owner, formation.id);
    expect(told).toEqual([owner.organizationId, formation.id]);
    expect(described.bySession.get(sessions[0]!.id)).toEqual([view]);
    expect(await app.get(SessionEditing).change(owner, formation.id, sessions[0]!.id, {})).toMatchObject({
      copies: [view],
    });
    expect(await app.get(ParticipantEditing).change(owner, formation.id, participants[1]!.id, {})).toMatchObject({
      calendars: [{ state: 'not_connected' }],
    });
  });
});

/** The codes of what was refused, those that were done first. */
async function settle(times: number, attempt: (index: number) => Promise<unknown>): Promise<string[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: times }, (_, index) => attempt(index)));
  return outcomes
    .map((outcome) => (outcome.status === 'fulfilled' ? 'done' : (outcome.reason as Error).message))
    .sort((one, other) => Number(other === 'done') - Number(one === 'done'));
}

/** The rooms of accounts and formations on a real database, with nobody listening. */
async function startFormations(url: string): Promise<INestApplicationContext> {
  const config = loadConfig([platformConfig, accountsConfig], {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    JWT_SECRET: randomBytes(32).toString('hex'),
  });
  const log = new EventLog({ logFormat: 'json', logLevel: 'error' }, () => undefined);

  @Module({ providers: [Clock, { provide: EventLog, useValue: log }], exports: [Clock, EventLog] })
  class Surroundings {}

  @Module({
    imports: [
      ConfigModule.of(config),
      { module: Surroundings, global: true },
      DatabaseModule.connecting(url),
      FormationsModule,
    ],
  })
  class FormationsApplication {}

  return await NestFactory.createApplicationContext(FormationsApplication, { logger: false, abortOnError: false });
}
