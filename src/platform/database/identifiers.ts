import { v7 } from 'uuid';

/** A new primary key: time-ordered, so that indexes stay compact and lists sort by age. */
export function newId(): string {
  return v7();
}
