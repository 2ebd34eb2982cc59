import { styleTags, tags } from '@lezer/highlight';
import { AppError } from '@logmaster/core/errors';
import { parser } from './generated/parser.ts';
import { parseQuery } from './parse.ts';

/** Browser side of the query language: no Node API is reached from here. */

/** The Lezer parser with highlight tags, for CodeMirror's `LRLanguage.define({ parser: queryParser })`. */
export const queryParser = parser.configure({
  props: [
    styleTags({
      Field: tags.propertyName,
      Colon: tags.punctuation,
      Phrase: tags.string,
      Term: tags.content,
      'AndOperator OrOperator NotOperator To': tags.operatorKeyword,
      'Plus Minus CompareOperator': tags.compareOperator,
      '( )': tags.paren,
      'RangeOpen RangeOpenExclusive RangeClose RangeCloseExclusive': tags.squareBracket,
    }),
  ],
});

export interface Diagnosis {
  /** In UTF-16 units of the text, end exclusive; `from` may equal the text's length. */
  readonly from: number;
  readonly to: number;
  /** English; the UI translates by code and shows this as the detail. */
  readonly message: string;
  readonly code: 'QUERY_SYNTAX' | 'QUERY_TYPE';
}

/** What is wrong with a query, or null. */
export function diagnose(text: string): Diagnosis | null {
  try {
    parseQuery(text);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AppError) || (thrown.code !== 'QUERY_SYNTAX' && thrown.code !== 'QUERY_TYPE')) throw thrown;
    const { from, to } = thrown.data as { from: number; to: number };
    return { from, to, message: thrown.detail ?? thrown.message, code: thrown.code };
  }
}
