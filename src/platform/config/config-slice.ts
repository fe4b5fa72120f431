import type { Type } from '@nestjs/common';
import { z } from 'zod';

/** Told about a value that is fine alone but not with the others. */
export type ReportFault = (variable: string, message: string) => void;

/** One module's share of the environment: which variables it reads, and the validated object it makes of them. */
export interface ConfigSlice<T extends object = object> {
  /** The class under which the validated object is injected. */
  readonly token: Type<T>;
  readonly variables: z.ZodRawShape;
  read(environment: NodeJS.ProcessEnv, report: ReportFault): T | undefined;
}

/**
 * Describes a slice. `build` receives the parsed variables and may report faults that span several of them. While one of
 * its own variables is faulty, it is still asked for those faults, with the faulty one taken for not set: a person who
 * corrects the list should not find another one behind it.
 */
export function configSlice<T extends object, Shape extends z.ZodRawShape>(
  token: Type<T>,
  variables: Shape,
  build: (values: z.output<z.ZodObject<Shape>>, report: ReportFault) => T,
): ConfigSlice<T> {
  const schema = z.object(variables);
  return {
    token,
    variables,
    read(environment, report) {
      const given = Object.fromEntries(
        Object.keys(variables).map((name) => {
          // An empty line in .env means "not set".
          const value = environment[name];
          return [name, value === undefined || value.trim() === '' ? undefined : value.trim()];
        }),
      );
      const parsed = schema.safeParse(given);
      if (parsed.success) return build(parsed.data, report);

      const faulty = new Set<string>();
      for (const { path, message } of parsed.error.issues) {
        faulty.add(String(path[0]));
        report(String(path[0]), message);
      }
      const others = schema.safeParse(Object.fromEntries(Object.entries(given).filter(([name]) => !faulty.has(name))));
      if (others.success) build(others.data, (variable, message) => faulty.has(variable) || report(variable, message));
      return undefined;
    },
  };
}
