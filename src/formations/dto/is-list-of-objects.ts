import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, IsArray, IsObject } from 'class-validator';

/** What stands in the list is checked by `@ValidateNested`, which would take a list within the list for nothing to check. */
export function IsListOfObjects({ max }: { max: number }): PropertyDecorator {
  return applyDecorators(IsArray(), ArrayMaxSize(max), IsObject({ each: true }));
}
