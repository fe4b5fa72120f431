import { describe, expect, it } from '@jest/globals';
import { type FormationPlan, toExportableSession } from './exportable-session.js';
import type { SessionRow } from './formation-session.row.js';
import type { FormationRow } from './formation.row.js';

const MADE = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-02T00:00:00Z');
const LATEST = new Date('2026-01-03T00:00:00Z');

describe('a session in effect', () => {
  it('has its formation’s texts where it has none of its own', () => {
    expect(effective()).toMatchObject({ title: 'Formation', description: 'Apporter un casque', location: 'Paris' });
    const own = { title: 'Jour 1', description: 'Rien à apporter', location: 'Lyon' };
    expect(effective(own)).toMatchObject(own);
  });

  it('has no text where it was emptied, whatever the formation says', () => {
    expect(effective({ description: '', location: '' })).toMatchObject({ description: null, location: null });
  });

  it.each<[boolean, string, Partial<SessionRow>, Partial<FormationRow>]>([
    [true, 'scheduled in a confirmed formation', {}, {}],
    [false, 'cancelled', { status: 'cancelled' }, {}],
    [false, 'deleted', { deleted_at: LATER }, {}],
    [false, 'of a draft', {}, { status: 'draft' }],
    [false, 'of a cancelled formation', {}, { status: 'cancelled' }],
    [false, 'of a deleted formation', {}, { deleted_at: LATER }],
  ])('takes place: %s when it is %s', (isLive, _what, session, formation) => {
    expect(effective(session, formation).isLive).toBe(isLive);
  });

  it('has changed when its formation’s text did, if it shows one', () => {
    const renamed = { text_changed_at: LATER };
    expect(effective({}, renamed)).toMatchObject({ textChangedAt: LATER, scheduleChangedAt: MADE, updatedAt: LATER });
    const own = { title: 'Jour 1', description: '', location: 'Lyon' };
    expect(effective(own, renamed)).toMatchObject({ textChangedAt: MADE, updatedAt: MADE });
    expect(effective({ ...own, location: null }, renamed)).toMatchObject({ textChangedAt: LATER });
  });

  it('has changed last when its text or its schedule did', () => {
    const session = { text_changed_at: LATER, schedule_changed_at: LATEST };
    expect(effective(session)).toMatchObject({ textChangedAt: LATER, scheduleChangedAt: LATEST, updatedAt: LATEST });
  });
});

function effective(session: Partial<SessionRow> = {}, formation: Partial<FormationRow> = {}) {
  const row: SessionRow = {
    id: 's',
    formation_id: 'f',
    participant_id: null,
    replaces_session_id: null,
    title: null,
    description: null,
    location: null,
    starts_at: new Date('2026-03-10T08:00:00Z'),
    ends_at: new Date('2026-03-10T16:00:00Z'),
    time_zone: 'Europe/Paris',
    status: 'scheduled',
    text_changed_at: MADE,
    schedule_changed_at: MADE,
    deleted_at: null,
    ...session,
  };
  const plan: FormationPlan = {
    formation: {
      id: 'f',
      title: 'Formation',
      description: 'Apporter un casque',
      location: 'Paris',
      time_zone: 'Europe/Paris',
      status: 'confirmed',
      invite_participants: false,
      created_by: null,
      created_at: MADE,
      updated_at: MADE,
      text_changed_at: MADE,
      deleted_at: null,
      ...formation,
    },
    sessions: [row],
    participants: [],
  };
  return toExportableSession(plan, row);
}
