import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { type BookedPerson, type PersonGroup, groupPeople, recognise } from './booked-people.js';
import { fillEmptyFields, findByEmail, findLiving, insertNewcomers } from './booked-prospects.js';
import { findErasures } from './prospect-erasures.js';
import { type ChangedProspects, ProspectNews } from './prospect-news.js';
import type { ProspectNoteDraft } from './prospect-note.js';
import { ProspectNotes } from './prospect-notes.js';

export interface AssignedProspect {
  id: string;
  /** True for somebody who was not known before this call. */
  created: boolean;
  /** True when a field that was empty now holds what the booking said. */
  filled: boolean;
}

/** A prospect can be erased between two looks; a few times in a row it will not be. */
const LOOKS = 3;

/** What bookings do to prospects, for many at a time: one statement a step, however long the list. */
@Injectable()
export class ProspectBook {
  constructor(
    private readonly notes: ProspectNotes,
    private readonly news: ProspectNews,
  ) {}

  /**
   * The prospect of each person, by the caller's key. An address is one prospect, however it is spelled and however many
   * transactions ask at once; without an address, every key is somebody of its own. What is written is kept: a booking
   * only fills fields that are empty. Null for somebody who was erased after they booked.
   */
  async upsertFromBookings(
    tx: Transaction,
    people: readonly BookedPerson[],
  ): Promise<Map<string, AssignedProspect | null>> {
    const recognised = people.map(recognise);
    const living = await findLiving(
      tx,
      recognised.flatMap(({ existingProspectId }) => existingProspectId ?? []),
    );
    const erasures = await findErasures(
      tx,
      recognised.flatMap(({ emailKey }) => emailKey ?? []),
    );
    const answers = new Map<string, AssignedProspect | null>(people.map(({ key }) => [key, null]));
    for (const [{ keys }, prospect] of await assign(tx, groupPeople(recognised, living, erasures))) {
      for (const key of keys) answers.set(key, prospect);
    }
    return answers;
  }

  /** Touches only notes that differ; answers the ids of the prospects whose notes have changed by it. */
  putNotes(tx: Transaction, notes: readonly ProspectNoteDraft[]): Promise<string[]> {
    return this.notes.put(tx, notes);
  }

  /** Tells browsers, with the commit, how the prospects stand now. */
  announce(tx: Transaction, changed: ChangedProspects): Promise<void> {
    return this.news.announce(tx, changed);
  }
}

async function assign(tx: Transaction, groups: readonly PersonGroup[]): Promise<Map<PersonGroup, AssignedProspect>> {
  const known = new Map<PersonGroup, string>();
  const created = new Map<PersonGroup, string>();
  for (const group of groups) {
    if (group.existingId !== null) known.set(group, group.existingId);
  }
  let open = groups.filter((group) => !known.has(group));
  for (let look = 0; look < LOOKS && open.length > 0; look += 1) {
    for (const [group, id] of await insertNewcomers(tx, open)) created.set(group, id);
    open = open.filter((group) => !created.has(group));
    for (const [group, id] of await findByEmail(tx, open)) known.set(group, id);
    open = open.filter((group) => !known.has(group));
  }
  if (open.length > 0) throw new Error(`${open.length} prospects could neither be inserted nor found`);

  const filled = await fillEmptyFields(tx, known);
  const assigned = new Map<PersonGroup, AssignedProspect>();
  for (const [group, id] of created) assigned.set(group, { id, created: true, filled: false });
  for (const [group, id] of known) assigned.set(group, { id, created: false, filled: filled.has(id) });
  return assigned;
}
