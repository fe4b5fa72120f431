import type { Type } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Type as Of } from 'class-transformer';
import { IsInt, ValidateNested } from 'class-validator';
import { type FieldError, Problem } from '../errors/problem.js';
import { PageQuery } from './page-query.dto.js';
import { validationPipe } from './validation.js';

class Branch {
  @IsInt()
  'length/cm': unknown;
}

class Tree {
  @IsInt()
  height: unknown;

  @ValidateNested({ each: true })
  @Of(() => Branch)
  branches: Branch[] = [];
}

function check<T>(metatype: Type<T>, value: unknown): Promise<T> {
  return validationPipe().transform(value, { type: 'body', metatype });
}

async function faultsOf(metatype: Type, value: unknown): Promise<FieldError[]> {
  const problem: unknown = await check(metatype, value).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(problem instanceof Problem)) throw new Error('The value was found to be without fault', { cause: problem });
  expect(problem.definition.code).toBe('request/invalid');
  return problem.errors ?? [];
}

describe('the checking of what clients send', () => {
  it('answers an object of the class', async () => {
    expect(await check(Tree, { height: 3 })).toEqual(Object.assign(new Tree(), { height: 3 }));
  });

  it('refuses an unknown field by its name', async () => {
    expect(await faultsOf(Tree, { height: 3, heigth: 4 })).toEqual([
      { pointer: '/heigth', message: { fr: 'Ce champ n’existe pas', en: 'property heigth should not exist' } },
    ]);
  });

  it('names every faulty field by its JSON pointer', async () => {
    const faults = await faultsOf(Tree, { height: 'tall', branches: [{ 'length/cm': 1 }, { 'length/cm': 'long' }] });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/height', '/branches/1/length~1cm']);
  });

  it('says in both languages what would be right, with its figures', async () => {
    expect(await faultsOf(PageQuery, { limit: 201 })).toContainEqual({
      pointer: '/limit',
      message: { fr: 'Ne doit pas dépasser 200', en: 'limit must not be greater than 200' },
    });
  });

  it('never repeats a value', async () => {
    expect(JSON.stringify(await faultsOf(Tree, { height: 'hunter2' }))).not.toContain('hunter2');
  });
});

describe('the query of a list', () => {
  it('asks for fifty at a time unless told', async () => {
    expect(await check(PageQuery, {})).toEqual({ limit: 50 });
    expect(await check(PageQuery, { limit: '200', cursor: 'x' })).toEqual({ limit: 200, cursor: 'x' });
  });

  it.each(['0', '201', '-1', '1e2', ' 5', '', '5.5', 'ten', ['5', '6']])('refuses the limit %j', async (limit) => {
    expect((await faultsOf(PageQuery, { limit })).map(({ pointer }) => pointer)).toContain('/limit');
  });

  it('refuses a cursor that is longer than ours, or a list', async () => {
    expect((await faultsOf(PageQuery, { cursor: 'x'.repeat(501) })).map(({ pointer }) => pointer)).toEqual(['/cursor']);
    expect((await faultsOf(PageQuery, { cursor: ['a', 'b'] })).map(({ pointer }) => pointer)).toContain('/cursor');
  });
});
