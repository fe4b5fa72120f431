import type { StoredEvent } from './model.js';
import type { Parameters } from './parameters.js';
import { invalidParameter } from './api-error.js';

/** What a query wants of an event besides its time. Several constraints on properties must all hold. */
export function matchesQuery(parameters: Parameters): (event: StoredEvent) => boolean {
  const iCalUID = parameters.text('iCalUID');
  const words = (parameters.text('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const own = readConstraints(parameters, 'privateExtendedProperty');
  const shared = readConstraints(parameters, 'sharedExtendedProperty');
  return (event) =>
    (iCalUID === null || event.iCalUID === iCalUID) &&
    words.every((word) => textOf(event).includes(word)) &&
    own.every(([name, value]) => event.fields.extendedProperties?.private?.[name] === value) &&
    shared.every(([name, value]) => event.fields.extendedProperties?.shared?.[name] === value);
}

function readConstraints(parameters: Parameters, name: string): [string, string][] {
  return parameters.many(name).map((constraint) => {
    const position = constraint.indexOf('=');
    if (position < 1) throw invalidParameter(name, `Invalid value '${constraint}': name=value is expected`, 'invalid');
    return [constraint.slice(0, position), constraint.slice(position + 1)];
  });
}

function textOf({ fields, organizer }: StoredEvent): string {
  const people = [organizer, ...(fields.attendees ?? [])].flatMap(({ email, displayName }) => [email, displayName]);
  return [fields.summary, fields.description, fields.location, ...people].join('\n').toLowerCase();
}
