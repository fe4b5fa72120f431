import { describe, expect, it } from '@jest/globals';
import { audienceOf } from './session-audience.js';

type Planned = Parameters<typeof audienceOf>[0];

const PEOPLE = ['ann', 'bob', 'eve'].map((id) => ({ id }));
const general = session('general');

describe('whose date a session is', () => {
  it('is everybody’s when it is general', () => {
    expect(names(general, [general])).toEqual(['ann', 'bob', 'eve']);
  });

  it('is its participant’s alone when it is individual, and takes nothing from anybody', () => {
    const extra = session('extra', { participant_id: 'bob' });
    expect(names(extra, [general, extra])).toEqual(['bob']);
    expect(names(general, [general, extra])).toEqual(['ann', 'bob', 'eve']);
  });

  it('is not general for whoever has another in its place', () => {
    const another = session('another', { participant_id: 'bob', replaces_session_id: 'general' });
    const other = session('other general');
    expect(names(general, [general, other, another])).toEqual(['ann', 'eve']);
    expect(names(other, [general, other, another])).toEqual(['ann', 'bob', 'eve']);
  });

  it('is general again for them once their own is deleted', () => {
    const deleted = session('another', {
      participant_id: 'bob',
      replaces_session_id: 'general',
      deleted_at: new Date(),
    });
    expect(names(general, [general, deleted])).toEqual(['ann', 'bob', 'eve']);
  });

  it('is nobody’s when its participant has gone', () => {
    expect(names(session('orphan', { participant_id: 'zoe' }), [general])).toEqual([]);
  });
});

function names(planned: Planned, sessions: Planned[]): string[] {
  return audienceOf(planned, sessions, PEOPLE).map(({ id }) => id);
}

function session(id: string, fields: Partial<Planned> = {}): Planned {
  return { id, participant_id: null, replaces_session_id: null, deleted_at: null, ...fields };
}
