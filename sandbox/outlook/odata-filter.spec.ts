import { describe, expect, it } from '@jest/globals';
import { isSamePropertyId, readFilter, readIdFilter } from './odata-filter.js';

const id = 'String {66f5a359-4659-4830-9070-00047ec6ac6e} Name PasserelleId';
const row = {
  property: (path: string) =>
    ({ subject: "L'atelier", 'start/dateTime': '2026-03-10T08:00:00.0000000', isAllDay: false, location: null })[path],
  extendedProperties: new Map([[id, 'Sess-42']]),
};
const holds = (text: string) => readFilter(text)(row);

describe('$filter', () => {
  it.each([
    ["subject eq 'L''atelier'", true],
    ["subject eq 'Autre'", false],
    ["startswith(subject,'l''A') and isAllDay eq false", true],
    ["contains(subject, 'atel') and not endswith(subject,'x')", true],
    ["start/dateTime ge '2026-03-10T08:00:00'", true],
    ["start/dateTime gt '2026-03-10T08:00:00'", false],
    ["start/dateTime lt 2026-03-11 or subject eq 'x'", true],
    ["(subject eq 'x' or isAllDay eq false) and subject ne 'x'", true],
    [`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'sess-42')`, true],
    [`singleValueExtendedProperties/any(p:p/id eq '${id}' and p/value eq 'SESS-42')`, true],
    [`singleValueExtendedProperties/Any(ep: ep/id eq '${id}' and ep/value eq 'sess-43')`, false],
    [
      `singleValueExtendedProperties/Any(ep: ep/id eq '${id.replace('PasserelleId', 'passerelleid')}' and ep/value eq 'sess-42')`,
      false,
    ],
  ])('%s is %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it.each([
    'subject eq',
    "subject like 'x'",
    "unknown eq 'x'",
    'subject eq x',
    "(subject eq 'x'",
    "subject eq 'x' subject eq 'y'",
    `singleValueExtendedProperties/Any(ep: ep/id eq '${id}')`,
    'subject eq ‘x’',
  ])('%s is refused', (text) => {
    expect(() => holds(text)).toThrow(expect.objectContaining({ status: 400, code: 'ErrorInvalidUrlQueryFilter' }));
  });

  it('compares the id of a property by the letter in its name alone', () => {
    expect(isSamePropertyId(id, id.toUpperCase().replace(' NAME PASSERELLEID', ' Name PasserelleId'))).toBe(true);
    expect(isSamePropertyId(id, id.toLowerCase())).toBe(false);
    expect(readIdFilter(`id eq '${id}' or id eq 'b'`)).toEqual([id, 'b']);
    expect(() => readIdFilter("value eq 'x'")).toThrow('not supported');
  });
});
