import { toEmailKey } from './email-key.js';

/** Somebody as a booking describes them. */
export interface BookedPerson {
  /** The caller's own name for this entry; answers are given under it. */
  key: string;
  email: string | null;
  firstname: string;
  lastname: string;
  phone: string | null;
  source: string;
  /** When the booking was made, by the provider's clock. */
  bookedAt: Date;
  /** The prospect this booking already has. It is kept, also when its address was corrected since. */
  existingProspectId?: string | null;
}

/** One person, and all the entries that mean them. */
export interface PersonGroup {
  keys: string[];
  existingId: string | null;
  emailKey: string | null;
  email: string | null;
  firstname: string;
  lastname: string;
  phone: string | null;
  source: string;
}

type RecognisedPerson = BookedPerson & { emailKey: string | null };

/** What is not one mailbox recognises nobody, and is not written down as if it could be written to. */
export function recognise(person: BookedPerson): RecognisedPerson {
  const emailKey = person.email === null ? null : toEmailKey(person.email);
  return { ...person, emailKey, email: emailKey === null ? null : person.email!.trim() };
}

/**
 * Who is meant: a living prospect the booking has, else the address, else somebody of its own. Entries of people who were
 * erased after they booked are in no group.
 */
export function groupPeople(
  people: readonly RecognisedPerson[],
  living: ReadonlySet<string>,
  erasures: ReadonlyMap<string, Date>,
): PersonGroup[] {
  const groups = new Map<string, PersonGroup>();
  for (const person of people) {
    const existingId =
      person.existingProspectId && living.has(person.existingProspectId) ? person.existingProspectId : null;
    if (existingId === null && wasErasedSince(person, erasures)) continue;
    const identity = JSON.stringify(existingId ? { existingId } : (person.emailKey ?? { key: person.key }));
    const group = groups.get(identity);
    groups.set(identity, group ? join(group, person) : toGroup(person, existingId));
  }
  return [...groups.values()];
}

function wasErasedSince({ emailKey, bookedAt }: RecognisedPerson, erasures: ReadonlyMap<string, Date>): boolean {
  const erasedAt = emailKey === null ? undefined : erasures.get(emailKey);
  return erasedAt !== undefined && erasedAt >= bookedAt;
}

function toGroup(person: RecognisedPerson, existingId: string | null): PersonGroup {
  const { key, emailKey, email, firstname, lastname, phone, source } = person;
  return { keys: [key], existingId, emailKey, email, firstname, lastname, phone: phone || null, source };
}

/** The first entry that knows a field is believed. */
function join(group: PersonGroup, person: RecognisedPerson): PersonGroup {
  return {
    ...group,
    keys: [...group.keys, person.key],
    firstname: group.firstname || person.firstname,
    lastname: group.lastname || person.lastname,
    phone: group.phone ?? (person.phone || null),
  };
}
