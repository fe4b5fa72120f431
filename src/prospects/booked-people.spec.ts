import { describe, expect, it } from '@jest/globals';
import { type BookedPerson, groupPeople, recognise } from './booked-people.js';

describe('people who booked', () => {
  it('are one person for one address, of whom the first entry that knows a field is believed', () => {
    const [group, ...others] = grouped([
      person({ key: 'a', email: 'A@x.fr', firstname: '', phone: '' }),
      person({ key: 'b', email: 'a@X.fr', firstname: 'Ann', lastname: 'Lee', phone: '1' }),
      person({ key: 'c', email: 'a@x.fr', firstname: 'Anna', lastname: 'Li', phone: '2' }),
    ]);

    expect(others).toEqual([]);
    expect(group).toEqual({
      keys: ['a', 'b', 'c'],
      existingId: null,
      emailKey: 'a@x.fr',
      email: 'A@x.fr',
      firstname: 'Ann',
      lastname: 'Doe',
      phone: '1',
      source: 'calendly',
    });
  });

  it('are the prospect their booking has, as long as it lives', () => {
    const people = [person({ key: 'a', email: 'a@x.fr', existingProspectId: 'living' })];

    expect(grouped(people, ['living'])[0]).toMatchObject({ existingId: 'living' });
    expect(grouped(people)[0]).toMatchObject({ existingId: null, emailKey: 'a@x.fr' });
  });

  it('are nobody when they were erased after they booked', () => {
    const erased = new Date('2026-01-02T00:00:00Z');
    const people = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-02T00:00:00.001Z'].map((bookedAt) =>
      person({ key: bookedAt, email: 'a@x.fr', bookedAt: new Date(bookedAt) }),
    );

    const groups = grouped(people, [], new Map([['a@x.fr', erased]]));

    expect(groups.map(({ keys }) => keys)).toEqual([['2026-01-02T00:00:00.001Z']]);
  });

  it('are each somebody of their own without an address that can be written to', () => {
    const people = [null, null, 'a@b.fr,c@d.fr'].map((email, index) => person({ key: String(index), email }));

    expect(grouped(people).map(({ keys, email }) => [keys, email])).toEqual([
      [['0'], null],
      [['1'], null],
      [['2'], null],
    ]);
  });

  it('are not mistaken for one another because a key looks like an address', () => {
    expect(grouped([person({ key: 'a@x.fr', email: null }), person({ key: 'k', email: 'a@x.fr' })])).toHaveLength(2);
  });
});

function grouped(people: BookedPerson[], living: string[] = [], erasures = new Map<string, Date>()) {
  return groupPeople(people.map(recognise), new Set(living), erasures);
}

function person(fields: Partial<BookedPerson>): BookedPerson {
  return {
    key: 'key',
    email: null,
    firstname: 'John',
    lastname: 'Doe',
    phone: null,
    source: 'calendly',
    bookedAt: new Date('2026-01-01T00:00:00Z'),
    ...fields,
  };
}
