import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { requestInvalid } from '../errors/platform.problems.js';
import { type FieldError, Problem } from '../errors/problem.js';
import { fieldMessage } from './field-messages.js';

/** Unknown fields are refused, not dropped: a client that misspells a name should hear of it. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem(requestInvalid, { errors: errors.flatMap((error) => toFieldErrors(error)) }),
  });
}

function toFieldErrors(error: ValidationError, parent = ''): FieldError[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, english]) => ({
    pointer,
    message: fieldMessage(rule, english),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => toFieldErrors(child, pointer))];
}
