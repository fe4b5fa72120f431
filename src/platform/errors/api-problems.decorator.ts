import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto.js';
import type { ProblemDefinition } from './problem.js';
import { STATUS_OF } from './problem-status.js';

/** Documents the problems a route can answer, grouped by status, each with its stable code. */
export function ApiProblems(...definitions: ProblemDefinition[]): MethodDecorator & ClassDecorator {
  const byStatus = new Map<number, ProblemDefinition[]>();
  for (const definition of definitions) {
    const status = STATUS_OF[definition.kind];
    byStatus.set(status, [...(byStatus.get(status) ?? []), definition]);
  }
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...[...byStatus].map(([status, group]) =>
      ApiResponse({
        status,
        description: group.map(({ code, title }) => `\`${code}\` ${title.en}`).join('  \n'),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
      }),
    ),
  );
}
