import type { QueryAst } from '../../query/ast.ts';
import type { TextField } from '../documents/index-fields.ts';
import { ALL, both, type Clause, either, exactly, NONE, negated } from './clause.ts';
import { address, addresses, keyword, range, wildcard } from './compile-values.ts';
import { type CompileOptions, compileWords } from './compile-words.ts';
import { has } from './presence.ts';

/** Elasticsearch refuses deeper nesting than 30; a leaf has up to 6 levels of its own, scope and paging 2. */
const DEEPEST = 20;

/** Compiles a query. What is nested too deeply for the server is left to be decided record by record. */
export function compile(ast: QueryAst, options: CompileOptions, depth = 0): Clause {
  if (depth > DEEPEST) return { sure: NONE, maybe: ALL };
  const deeper = (clause: QueryAst) => compile(clause, options, depth + 1);
  switch (ast.kind) {
    case 'all':
      return exactly(ALL);
    case 'and':
      return both(ast.clauses.map(deeper));
    case 'or':
      return either(ast.clauses.map(deeper));
    case 'not':
      return negated(deeper(ast.clause));
    case 'words': {
      const texts: readonly TextField[] = ast.field
        ? [ast.field]
        : (['event.original', 'message'] as const).filter((field) => !options.masked.includes(field));
      return compileWords(texts, ast.pattern, options);
    }
    case 'exists':
      return exactly(has(ast.field));
    case 'keyword':
      return keyword(ast.field, ast.value);
    case 'wildcard':
      return wildcard(ast.field, ast.glob, options.wildcards);
    case 'range':
      return exactly(range(ast));
    case 'address':
      return exactly(address(ast));
    case 'addresses':
      return exactly(addresses(ast));
  }
}
