import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/** What the walls want to know of one TypeScript file. */
export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string;
  /** The files of the repository it imports or re-exports, types included. */
  readonly imports: readonly string[];
  readonly usesEnvironment: boolean;
  /** Variables it takes from `process.env` by name. */
  readonly environmentNames: readonly string[];
  readonly usesConsole: boolean;
}

export function listSourceFiles(...folders: string[]): SourceFile[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .map((path) => path.replaceAll(sep, '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => readSourceFile(path, readFileSync(join(REPOSITORY, path), 'utf8')));
}

/** Reads the syntax tree and not the text, so that a comment or a string is never taken for code. */
export function readSourceFile(path: string, text: string): SourceFile {
  const imports = new Set<string>();
  const environmentNames = new Set<string>();
  let usesEnvironment = false;
  let usesConsole = false;

  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier?.startsWith('.')) imports.add(resolve(path, specifier));
    if (/^(node:)?process$/.test(specifier ?? '')) usesEnvironment = true;
    if (/^(node:)?console$/.test(specifier ?? '')) usesConsole = true;
    if (isEnvironment(node)) {
      usesEnvironment = true;
      for (const name of namesTakenFrom(node)) environmentNames.add(name);
    }
    if (isGlobal(node, 'console')) usesConsole = true;
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
  return { path, imports: [...imports], usesEnvironment, environmentNames: [...environmentNames], usesConsole };
}

/** `import … from`, `export … from`, `import()` and `import('…').Type`. */
function specifierOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return textOf(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return textOf(node.arguments[0]);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  return null;
}

/** `process.env`, `process['env']`, and `{ env } = process`. */
function isEnvironment(node: ts.Node): boolean {
  if (ts.isVariableDeclaration(node)) {
    return (
      node.initializer !== undefined &&
      isGlobal(node.initializer, 'process') &&
      ts.isObjectBindingPattern(node.name) &&
      node.name.elements.some((element) => (element.propertyName ?? element.name).getText() === 'env')
    );
  }
  return propertyOf(node) === 'env' && isGlobal((node as ts.PropertyAccessExpression).expression, 'process');
}

/** `process.env.NAME`, `process.env['NAME']`, and `{ NAME } = process.env`. */
function namesTakenFrom(environment: ts.Node): string[] {
  const { parent } = environment;
  if (ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name)) {
    return parent.name.elements.map((element) => (element.propertyName ?? element.name).getText());
  }
  const name = propertyOf(parent);
  return name === null ? [] : [name];
}

function propertyOf(node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isElementAccessExpression(node) ? textOf(node.argumentExpression) : null;
}

/** A bare word that is not a property of something else; `globalThis.word` is the same thing. */
function isGlobal(node: ts.Node, word: string): boolean {
  if (propertyOf(node) === word) return isGlobal((node as ts.PropertyAccessExpression).expression, 'globalThis');
  if (!ts.isIdentifier(node) || node.text !== word) return false;
  const { parent } = node;
  const isProperty = ts.isPropertyAccessExpression(parent) && parent.name === node;
  const isKey = ts.isPropertyAssignment(parent) && parent.name === node;
  return !isProperty && !isKey;
}

function textOf(node: ts.Node | undefined): string | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? node.text : null;
}

function resolve(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}
