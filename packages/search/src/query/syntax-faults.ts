import type { SyntaxNode, Tree } from '@lezer/common';
import type { AppError } from '@logmaster/core/errors';
import { syntaxFault } from './fault.ts';

const isSentence = /^(?:And|Or|Not|Required|Excluded)$/;

function explain(node: SyntaxNode, text: string): AppError {
  const parent = node.parent as SyntaxNode;
  const found = text.slice(node.from, node.to).trim().split(/\s/)[0] ?? '';
  const nextChar = found || text.slice(node.from).trim().slice(0, 1);
  const here = { from: node.from, to: Math.max(node.to, Math.min(node.from + 1, text.length)) };
  if (nextChar === ')' && parent.name === 'Group')
    return syntaxFault(parent, 'There is nothing between the parentheses');
  if (nextChar === ')' && parent.name === 'Query')
    return syntaxFault(here, 'There is no opening parenthesis for this one');
  if (parent.name === 'FieldClause') {
    const colon = parent.getChild('Colon');
    return colon
      ? syntaxFault(colon, 'A value must follow the colon, or * for any value')
      : syntaxFault(here, 'A colon and a value must follow the field name');
  }
  if (parent.name === 'Range') return syntaxFault(parent, 'A range is written [from TO to], with * for an open end');
  if (parent.name === 'Comparison') return syntaxFault(parent, 'A number, time or address must follow the comparison');
  if (parent.name === 'Group' && nextChar === '')
    return syntaxFault({ from: parent.from, to: parent.from + 1 }, 'This parenthesis is not closed');
  if (isSentence.test(parent.name) && found === '') {
    const operator = node.prevSibling;
    return syntaxFault(
      operator ?? here,
      `Something to search for must follow ${operator ? `“${text.slice(operator.from, operator.to)}”` : 'this'}`,
    );
  }
  if (found === '')
    return syntaxFault(
      here,
      nextChar === '' ? 'The query ends too early' : `Something is missing before “${nextChar}”`,
    );
  return syntaxFault(here, `“${found}” can’t stand here; put it into quotes to search for it`);
}

/** The first place where the text breaks the grammar, in words. */
export function firstSyntaxFault(tree: Tree, text: string): AppError | undefined {
  let fault: AppError | undefined;
  tree.iterate({
    enter(ref) {
      if (fault) return false;
      if (ref.type.isError) fault = explain(ref.node, text);
      else if (ref.name === 'Phrase' && !/^"(?:\\[\s\S]|[^"\\])*"$/.test(text.slice(ref.from, ref.to))) {
        fault = syntaxFault({ from: ref.from, to: ref.from + 1 }, 'This quote is not closed');
      }
      return !fault;
    },
  });
  return fault;
}
