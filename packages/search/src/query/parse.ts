import type { SyntaxNode } from '@lezer/common';
import type { AppError } from '@logmaster/core/errors';
import type { SearchField } from '../store.ts';
import type { QueryAst } from './ast.ts';
import { type Place, syntaxFault } from './fault.ts';
import { isSearchField, suggestField } from './field-names.ts';
import { parser } from './generated/parser.ts';
import { plainText, type QueryValue, rangeLeaf, valueLeaf, wordsLeaf } from './leaves.ts';
import { firstSyntaxFault } from './syntax-faults.ts';
import type { Glob, GlobPiece } from './words.ts';

/** Deeper nesting than people write; it bounds the recursion here and the SQL made from it. */
const MAX_DEPTH = 50;
const MAX_CLAUSES = 500;

function readGlob(text: string, wildcards: boolean): Glob {
  const pieces: GlobPiece[] = [];
  let plain = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === '\\' && at + 1 < text.length) plain += text[++at];
    else if (wildcards && (char === '*' || char === '?')) {
      if (plain !== '') pieces.push(plain);
      plain = '';
      pieces.push({ wild: char });
    } else plain += char;
  }
  if (plain !== '' || pieces.length === 0) pieces.push(plain);
  return pieces;
}

class Builder {
  readonly #text: string;
  #clauses = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #slice(node: Place): string {
    return this.#text.slice(node.from, node.to);
  }

  #value(node: SyntaxNode): QueryValue {
    const { from, to } = node;
    const raw = this.#slice(node);
    if (node.name === 'Phrase') return { from, to, glob: readGlob(raw.slice(1, -1), false) };
    if (/^[~^]|(?<!\\)~\d*(\.\d+)?$|(?<!\\)\^\d+(\.\d+)?$/.test(raw)) {
      throw syntaxFault(
        node,
        'Fuzzy search (~) and boosting (^) are not supported; put the text into quotes to search for the sign',
      );
    }
    if (raw.length > 2 && raw.startsWith('/') && raw.endsWith('/')) {
      throw syntaxFault(node, 'Regular expressions are not supported; use * and ?, or put a path into quotes');
    }
    if (/(?<!\\)(?:\\\\)*\\$/.test(raw))
      throw syntaxFault({ from: to - 1, to }, 'A backslash must be followed by a character');
    return { from, to, glob: readGlob(raw, true) };
  }

  #fieldName(node: SyntaxNode): SearchField {
    const name = plainText(readGlob(this.#slice(node), false));
    if (isSearchField(name)) return name;
    const meant = suggestField(name);
    throw syntaxFault(node, `There is no field “${name}”${meant ? `; did you mean ${meant}?` : ''}`);
  }

  #fieldClause(node: SyntaxNode, outer: SearchField | null, depth: number): QueryAst {
    const nameNode = node.firstChild as SyntaxNode;
    const valueNode = node.lastChild as SyntaxNode;
    if (outer) throw syntaxFault(nameNode, `A field can’t be named inside ${outer}:( )`);
    const name = this.#slice(nameNode);
    if (name === '_exists_') {
      const field = plainText(this.#value(valueNode).glob);
      if (isSearchField(field)) return { kind: 'exists', field };
      const meant = suggestField(field);
      throw syntaxFault(valueNode, `There is no field “${field}”${meant ? `; did you mean ${meant}?` : ''}`);
    }
    if (name === '*') {
      if (this.#slice(valueNode) === '*') return { kind: 'all' };
      throw syntaxFault(nameNode, 'A field name can’t be *; leave it out to search the whole record');
    }
    return this.build(valueNode, this.#fieldName(nameNode), depth);
  }

  #bound(node: SyntaxNode, inclusive: boolean) {
    return node.name === 'Term' && this.#slice(node) === '*' ? null : { value: this.#value(node), inclusive };
  }

  #range(node: SyntaxNode, field: SearchField | null): QueryAst {
    if (!field) throw syntaxFault(node, 'A range needs a field: source.port:[1 TO 1024]');
    const [low, high] = node
      .getChildren('Term')
      .concat(node.getChildren('Phrase'))
      .sort((a, b) => a.from - b.from);
    const from = this.#bound(low as SyntaxNode, node.getChild('RangeOpen') !== null);
    const to = this.#bound(high as SyntaxNode, node.getChild('RangeClose') !== null);
    return rangeLeaf(field, node, from, to);
  }

  #comparison(node: SyntaxNode, field: SearchField | null): QueryAst {
    if (!field) throw syntaxFault(node, 'A comparison needs a field: source.port:>1024');
    const operator = this.#slice(node.firstChild as SyntaxNode);
    const bound = { value: this.#value(node.lastChild as SyntaxNode), inclusive: operator.length === 2 };
    return operator.startsWith('>') ? rangeLeaf(field, node, bound, null) : rangeLeaf(field, node, null, bound);
  }

  build(node: SyntaxNode, field: SearchField | null, depth: number): QueryAst {
    if (depth > MAX_DEPTH) throw syntaxFault(node, `The query is nested deeper than ${MAX_DEPTH} levels`);
    if (++this.#clauses > MAX_CLAUSES) throw syntaxFault(node, `The query has more than ${MAX_CLAUSES} parts`);
    const operand = (child: SyntaxNode | null) => this.build(child as SyntaxNode, field, depth + 1);
    switch (node.name) {
      case 'And':
      case 'Or': {
        const clauses: QueryAst[] = [];
        for (let child = node.firstChild; child; child = child.nextSibling) {
          if (!child.name.endsWith('Operator')) clauses.push(operand(child));
        }
        return { kind: node.name === 'And' ? 'and' : 'or', clauses };
      }
      case 'Not':
      case 'Excluded':
        return { kind: 'not', clause: operand(node.lastChild) };
      case 'Required':
        return operand(node.lastChild);
      case 'Group':
        return operand((node.firstChild as SyntaxNode).nextSibling);
      case 'FieldClause':
        return this.#fieldClause(node, field, depth + 1);
      case 'Range':
        return this.#range(node, field);
      case 'Comparison':
        return this.#comparison(node, field);
      default: {
        const value = this.#value(node);
        if (field) return valueLeaf(field, value);
        return this.#slice(node) === '*' ? { kind: 'all' } : wordsLeaf(null, value);
      }
    }
  }
}

/**
 * Reads a query in Lucene syntax: AND by default, NOT binds before AND before OR (docs/formats/index.md § Queries).
 * Throws AppError QUERY_SYNTAX or QUERY_TYPE, both with data `{ from, to }`, the place in the text.
 */
export function parseQuery(text: string): QueryAst {
  const tree = parser.parse(text);
  const fault: AppError | undefined = firstSyntaxFault(tree, text);
  if (fault) throw fault;
  const root = tree.topNode.firstChild;
  return root ? new Builder(text).build(root, null, 0) : { kind: 'all' };
}
