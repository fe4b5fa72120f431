import { describe, expect, it } from '@jest/globals';
import { toFormationDetailDto } from './formations.mapper.js';

const AT = new Date('2026-01-12T09:15:30Z');
const SAID = '2026-01-12T09:15:30.000Z';

describe('a formation as it is shown', () => {
  it('has each copy with its session, each calendar with its participant, and the conflicts of all', () => {
    const copy = {
      provider: 'google',
      participant_id: 'ada',
      state: 'failed',
      error: 'forbidden',
      html_link: 'https://calendar.example.test/e1',
      event_id: 'e1',
    };
    const calendar = { state: 'failed' as const, provider: 'google', reason: 'forbidden' };
    const conflict = {
      id: 'c1',
      session_id: 'one',
      field: 'schedule' as const,
      ours: { starts_at: SAID },
      theirs: null,
      kept: 'ours' as const,
    };
    const shown = toFormationDetailDto({
      formation,
      sessions: [session('one'), session('two')],
      participants: [participant('ada'), participant('bo')],
      copies: {
        bySession: new Map([['one', [{ ...copy, updated_at: AT }]]]),
        byParticipant: new Map([['ada', [calendar]]]),
        conflicts: [{ ...conflict, found_at: AT }],
      },
    });

    expect(shown.sessions.map(({ id, copies }) => [id, copies])).toEqual([
      ['one', [{ ...copy, updated_at: SAID }]],
      ['two', []],
    ]);
    expect(shown.participants.map(({ id, calendars }) => [id, calendars])).toEqual([
      ['ada', [calendar]],
      ['bo', []],
    ]);
    expect(shown.conflicts).toEqual([{ ...conflict, found_at: SAID }]);
  });

  it('shows nothing that only we need to know', () => {
    const shown = toFormationDetailDto({
      formation,
      sessions: [session('one')],
      participants: [participant('ada')],
      copies: { bySession: new Map(), byParticipant: new Map(), conflicts: [] },
    });
    expect(JSON.stringify(shown)).not.toMatch(/created_by|deleted_at|text_changed_at|email_key|formation_id/);
  });
});

const formation = {
  id: 'f',
  title: 'Habilitation',
  description: null,
  location: null,
  time_zone: 'Europe/Paris',
  status: 'confirmed' as const,
  invite_participants: false,
  created_by: 'owner',
  created_at: AT,
  updated_at: AT,
  text_changed_at: AT,
  deleted_at: null,
};

function session(id: string) {
  return {
    id,
    formation_id: 'f',
    participant_id: null,
    replaces_session_id: null,
    title: null,
    description: null,
    location: null,
    starts_at: AT,
    ends_at: AT,
    time_zone: 'Europe/Paris',
    status: 'scheduled' as const,
    text_changed_at: AT,
    schedule_changed_at: AT,
    deleted_at: null,
  };
}

function participant(id: string) {
  const email = `${id}@example.test`;
  return { id, email, email_key: email, name: null, role: 'participant' as const, user_id: null };
}
