import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LOST_VALUES } from '../src/platform/crypto/keys/lost-values.js';
import { demandDeclared, SEALED_COLUMNS } from '../src/platform/crypto/sealed-columns.js';
import { REPOSITORY } from './support/source-file.js';

/** The places that code seals for: object literals with a table, a column and a row. */
function placesIn(text: string): string[] {
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const named = new Map(node.properties.map((property) => [property.name?.getText(), property]));
      const table = named.get('table');
      const column = named.get('column');
      if (table && column && named.has('rowId')) {
        places.push(...valuesOf(column).map((name) => `${valuesOf(table).join('|')}.${name}`));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true));
  return places;
}

/** The text of a property, or, of a parameter that is handed on, every text its type allows. */
function valuesOf(property: ts.ObjectLiteralElementLike): string[] {
  if (ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer)) return [property.initializer.text];
  const texts: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isParameter(node) && node.name.getText() === property.name?.getText() && node.type) {
      const types = ts.isUnionTypeNode(node.type) ? node.type.types : [node.type];
      for (const type of types) {
        if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) texts.push(type.literal.text);
      }
    }
  };
  for (let at: ts.Node = property; at; at = at.parent) ts.forEachChild(at, look);
  return texts.length > 0 ? texts : [`(${property.getText()})`];
}

const sources = readdirSync(join(REPOSITORY, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !/platform.crypto/.test(file))
  .map((file) => readFileSync(join(REPOSITORY, 'src', file), 'utf8'));

describe('the list of sealed columns', () => {
  const declared = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);

  it('names every place that the code seals for, and no other', () => {
    const moved = SEALED_COLUMNS.filter(({ sealedAs }) => sealedAs !== undefined);
    const expected = declared.filter((place) => !moved.some(({ table, column }) => place === `${table}.${column}`));
    expect([...new Set(sources.flatMap(placesIn))].toSorted()).toEqual(expected.toSorted());
  });

  it('sees a new place in the code, spelled out or handed on', () => {
    expect(placesIn(`const a = { table: 'letters', column: 'text', rowId: id };`)).toEqual(['letters.text']);
    expect(placesIn(`function p(column: 'a' | 'b') { return { table: 't', column, rowId }; }`)).toEqual(['t.a', 't.b']);
    expect(placesIn(`const a = { table: name, column: 'text', rowId: id };`)).toEqual(['(table: name).text']);
  });

  it('is all that can be sealed', () => {
    for (const column of SEALED_COLUMNS) expect(() => demandDeclared(column)).not.toThrow();
    expect(() => demandDeclared({ table: 'mails', column: 'recipient' })).toThrow('mails.recipient is not declared');
  });

  it('says of each column what becomes of it when its key is lost', () => {
    expect(Object.keys(LOST_VALUES).toSorted()).toEqual(declared.toSorted());
  });
});
