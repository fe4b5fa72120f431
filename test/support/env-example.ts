/** One variable of `.env.example`, with the comment above it. */
export interface ExampleVariable {
  readonly name: string;
  readonly value: string;
  readonly comment: string;
  /** The word after "Default:" in the comment, for a variable whose line leaves it out. */
  readonly saidDefault: string | undefined;
}

/** Variables that follow each other without a gap share the comment above them. */
export function listExampleVariables(text: string): ExampleVariable[] {
  const listed: ExampleVariable[] = [];
  let comment: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') comment = [];
    else if (line.startsWith('#')) comment.push(line.slice(2));
    else listed.push(toVariable(line, index, comment.join(' ')));
  }
  return listed;
}

function toVariable(line: string, index: number, comment: string): ExampleVariable {
  const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    throw new Error(`Line ${index + 1} of .env.example is neither a comment nor a variable`);
  }
  return { name, value, comment, saidDefault: /Default: ([^\s,]+)/.exec(comment)?.[1] };
}
