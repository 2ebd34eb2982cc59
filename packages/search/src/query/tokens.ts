import { ExternalTokenizer, type InputStream } from '@lezer/lr';
import {
  AndOperator,
  Colon,
  CompareOperator,
  Field,
  Minus,
  NotOperator,
  OrOperator,
  Phrase,
  Plus,
  Term,
  To,
} from './generated/parser.terms.ts';

/** Longest piece looked at when deciding whether colons belong to an address; an IPv6 with prefix is 43 characters. */
const ADDRESS_LOOKAHEAD = 48;
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i;
const IPV6_WITH_GAP = /^[0-9a-f:.]*::[0-9a-f:.]*(?:\/\d{1,3})?$/i;
const IPV6_IN_FULL = /^[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){7}(?:\/\d{1,3})?$/i;
const FIELD_START = /[\p{L}_@]/u;
const FIELD_REST = /[\p{L}\p{N}_@.\-*]/u;
const OPERATORS: Readonly<Record<string, number>> = { AND: AndOperator, OR: OrOperator, NOT: NotOperator, TO: To };

const isSpace = (code: number) => code === 32 || code === 9 || code === 10 || code === 13 || code === 0xa0;
const endsTerm = (code: number) => code < 0 || isSpace(code) || '()[]{}"'.includes(String.fromCharCode(code));

/** Length of the run of term characters at the input; `&&` and `||` end it, a backslash takes the next one along. */
function termLength(input: InputStream): number {
  let at = 0;
  for (;;) {
    const code = input.peek(at);
    if (endsTerm(code)) return at;
    if ((code === 38 || code === 124) && input.peek(at + 1) === code) return at;
    at += code === 92 && input.peek(at + 1) >= 0 ? 2 : 1;
  }
}

function peekText(input: InputStream, length: number): string {
  let text = '';
  for (let at = 0; at < length; at++) text += String.fromCharCode(input.peek(at));
  return text;
}

function isAddress(text: string): boolean {
  return MAC.test(text) || IPV6_WITH_GAP.test(text) || IPV6_IN_FULL.test(text);
}

/** Length of a field name with a colon behind it, 0 when there is none. */
function fieldLength(input: InputStream, termEnd: number): number {
  if (termEnd <= ADDRESS_LOOKAHEAD && isAddress(peekText(input, termEnd))) return 0;
  for (let at = 0; at < termEnd; at++) {
    const code = input.peek(at);
    if (code === 58) {
      // http://… is a word, not a field
      return at > 0 && !(input.peek(at + 1) === 47 && input.peek(at + 2) === 47) ? at : 0;
    }
    if (code === 92) at++;
    else if (!(at === 0 ? FIELD_START : FIELD_REST).test(String.fromCharCode(code)))
      return code === 42 && at === 0 ? starField(input) : 0;
  }
  // the colon may stand right before a quote or bracket, which end the term after it
  return 0;
}

/** `*:` as in `*:*` */
function starField(input: InputStream): number {
  return input.peek(1) === 58 ? 1 : 0;
}

function phraseLength(input: InputStream): number {
  let at = 1;
  for (;;) {
    const code = input.peek(at);
    if (code < 0) return at;
    if (code === 34) return at + 1;
    at += code === 92 && input.peek(at + 1) >= 0 ? 2 : 1;
  }
}

/** Tokens of the query language. An unclosed phrase reaches to the end; the AST builder reports it. */
export const lexer = new ExternalTokenizer((input, stack) => {
  const code = input.next;
  if (code < 0 || isSpace(code)) return;
  if (code === 34) return input.acceptToken(Phrase, phraseLength(input));
  const following = input.peek(1);
  if (code === 58 && stack.canShift(Colon)) return input.acceptToken(Colon, 1);
  if ((code === 38 || code === 124) && following === code) {
    return input.acceptToken(code === 38 ? AndOperator : OrOperator, 2);
  }
  if ((code === 60 || code === 62) && stack.canShift(CompareOperator)) {
    return input.acceptToken(CompareOperator, following === 61 ? 2 : 1);
  }
  if (stack.canShift(Plus)) {
    if (code === 33) return input.acceptToken(NotOperator, 1);
    const sign = code === 43 ? Plus : code === 45 ? Minus : 0;
    if (sign !== 0) return input.acceptToken(sign, 1);
  }
  const length = termLength(input);
  if (length === 0) return;
  const operator = OPERATORS[peekText(input, Math.min(length, 4))];
  if (operator !== undefined && length <= 3 && (operator !== To || stack.canShift(To))) {
    return input.acceptToken(operator, length);
  }
  const field = stack.canShift(Field) ? fieldLength(input, length) : 0;
  return field > 0 ? input.acceptToken(Field, field) : input.acceptToken(Term, length);
});
