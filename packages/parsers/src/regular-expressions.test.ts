import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { slowness } from './testing/regular-expression.ts';

/** Every regular expression of a file, as it stands there. */
function expressionsIn(file: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(
    file,
    readFileSync(new URL(file, import.meta.url), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const parts = (literal: string): [source: string, flags: string] => {
  const end = literal.lastIndexOf('/');
  return [literal.slice(1, end), literal.slice(end + 1)];
};

const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
  (file) => !file.endsWith('.test.ts') && !file.startsWith('testing/') && !file.startsWith('generated/'),
);

it.each([
  ['/^(a+)+$/', true],
  ['/^(?:a|aa){1,64}$/', false],
  ['/^(?:\\w{1,9}){1,64}$/', true],
  ['/^(?:\\w+ ?)+$/', true],
  ['/^.*foo.*bar/', true],
  ['/^\\s*\\s+x/', true],
  ['/^(\\d+)(\\w*)$/', true],
  ['/\\s+$/', true],
  ['/\\d+,/', true],
  ['/a.*b/', true],
  ['/^([^,]*),([^,]*),(.*)$/', false],
  ['/^(?:[a-z]{1,16}-)?([0-7])/', false],
  ['/"[^"]*"/g', false],
  ['/\\s+/g', false],
  ['/\\d+,/y', false],
  ['/^(?: \\w{1,16}){1,8}$/', false],
  ['/ user = ([^:]{1,128})/', false],
  ['/^[a-z]+(?:,[a-z]+)+ /', false],
  ['/^[a-z]+(?:,?[a-z]+)+ /', true],
  ['/^\\s*(?:a|\\s+)x/', true],
])('%s is slow: %s', (literal, isSlow) => {
  expect(slowness(...parts(literal)) !== undefined).toBe(isSlow);
});

it('no expression of a parser can be made slow by a record', () => {
  const slow = files.flatMap((file) =>
    expressionsIn(file).flatMap((literal) => {
      const reason = slowness(...parts(literal));
      return reason === undefined ? [] : [`${file}: ${literal}: ${reason}`];
    }),
  );
  expect(slow).toEqual([]);
});
