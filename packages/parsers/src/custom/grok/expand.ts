import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import { PatternFault } from '../definition-fault.ts';
import { GROK_LIBRARY } from './library.ts';

/** A grok pattern as the engine takes it. Group 1 is the first of `names`, and so on. */
export interface ExpandedPattern {
  readonly source: string;
  /** Several groups may have one name: alternatives of one field. */
  readonly names: readonly string[];
}

/** How deep patterns may refer to patterns. */
const MAX_DEPTH = 16;
/** `%{NAME}`, `%{NAME:capture}`, `%{NAME:[a][b]}`, and with a type at the end, which says nothing here: fields have theirs. */
const REFERENCE = /%\{([A-Za-z0-9_]{1,64})(?::([^:{}]{1,64})(?::(?:int|long|float|string))?)?\}/y;
const NAMED = /\(\?P?<([^<>=!][^<>]{0,63})>/y;
const REPEAT = /\{(\d{1,6})(?:(,)(\d{0,6}))?\}/y;
const FLAGS = /\(\?[a-zA-Z-]{0,8}[:)]/y;
const CAPTURE = /^[\w@][\w.@-]{0,63}$/;

/**
 * Puts referred patterns in, numbers the named captures, makes plain groups non-capturing, and measures what the program
 * will be: its counted repeats written out. Throws PatternFault, also for what no linear-time engine can do.
 * @param definitions the definition's own patterns; they come before the library's
 */
export function expandPattern(pattern: string, definitions: ReadonlyMap<string, string>): ExpandedPattern {
  const expansion = new Expansion(definitions);
  expansion.add(pattern, 0);
  return { source: expansion.source, names: expansion.names };
}

/** One open group: what it holds so far, and the size of its last element, which a repeat multiplies. */
interface Group {
  size: number;
  last: number;
}

class Expansion {
  source = '';
  readonly names: string[] = [];
  private readonly definitions: ReadonlyMap<string, string>;
  private groups: Group[] = [{ size: 0, last: 0 }];

  constructor(definitions: ReadonlyMap<string, string>) {
    this.definitions = definitions;
  }

  add(text: string, depth: number): void {
    const outer = this.groups.length;
    for (let at = 0; at < text.length; ) at = this.step(text, at, depth, outer);
    if (this.groups.length > outer) throw new PatternFault('a parenthesis is not closed');
  }

  /** Takes one element; the position behind it. */
  private step(text: string, at: number, depth: number, outer: number): number {
    switch (text[at]) {
      case '\\':
        return this.escape(text, at);
      case '[':
        return this.characterClass(text, at);
      case '(':
        return this.openGroup(text, at);
      case ')':
        if (this.groups.length <= outer) throw new PatternFault('a parenthesis is closed that was not opened');
        this.closeGroup();
        return at + 1;
      case '|':
        this.element('|', 1);
        return at + 1;
      case '*':
      case '+':
      case '?':
        this.grow(1);
        this.source += text[at];
        return at + 1;
      case '{':
        return this.repeat(text, at);
      case '%':
        return this.reference(text, at, depth);
      default: {
        // One character, also where it is written as two.
        const character = String.fromCodePoint(text.codePointAt(at) as number);
        this.element(character, 1);
        return at + character.length;
      }
    }
  }

  private escape(text: string, at: number): number {
    const kind = text[at + 1];
    if (kind === undefined) throw new PatternFault('it ends in a backslash');
    if (kind === 'Q') throw new PatternFault('\\Q is not supported: write a backslash before each character');
    let end = at + 2;
    if ('xpP'.includes(kind) && text[end] === '{') {
      end = text.indexOf('}', end) + 1;
      if (end === 0) throw new PatternFault(`\\${kind}{ is not closed`);
    }
    this.element(text.slice(at, end), 1);
    return end;
  }

  private characterClass(text: string, at: number): number {
    let end = at + 1;
    if (text[end] === '^') end++;
    // A bracket that comes first is one of the characters.
    if (text[end] === ']') end++;
    while (end < text.length && text[end] !== ']') {
      if (text[end] === '\\') end++;
      else if (text[end] === '[' && text[end + 1] === ':') {
        const close = text.indexOf(':]', end + 2);
        if (close >= 0) end = close + 1;
      }
      end++;
    }
    if (end >= text.length) throw new PatternFault('a bracket is not closed');
    this.element(text.slice(at, end + 1), 1);
    return end + 1;
  }

  private openGroup(text: string, at: number): number {
    if (text[at + 1] !== '?') return this.open('(?:', at + 1);
    NAMED.lastIndex = at;
    const named = NAMED.exec(text);
    if (named) {
      this.name(named[1] as string);
      return this.open('(', NAMED.lastIndex);
    }
    FLAGS.lastIndex = at;
    const flags = FLAGS.exec(text)?.[0];
    if (flags === undefined)
      throw new PatternFault(`${text.slice(at, at + 4)} is not supported: no engine does it in linear time`);
    if (flags.endsWith(':')) return this.open(flags, FLAGS.lastIndex);
    this.source += flags;
    this.grow(1);
    return FLAGS.lastIndex;
  }

  private repeat(text: string, at: number): number {
    REPEAT.lastIndex = at;
    const repeat = REPEAT.exec(text);
    if (!repeat) {
      this.element('{', 1);
      return at + 1;
    }
    const least = Number(repeat[1]);
    const most =
      repeat[3] === undefined || repeat[3] === '' ? least + (repeat[2] === undefined ? 0 : 1) : Number(repeat[3]);
    const { last } = this.innermost;
    this.grow(last * Math.max(least, most, 1) - last);
    this.innermost.last = last * Math.max(least, most, 1);
    this.source += repeat[0];
    return REPEAT.lastIndex;
  }

  private reference(text: string, at: number, depth: number): number {
    REFERENCE.lastIndex = at;
    const reference = REFERENCE.exec(text);
    if (!reference) {
      this.element('%', 1);
      return at + 1;
    }
    const end = REFERENCE.lastIndex;
    const [, name, capture] = reference as unknown as [string, string, string | undefined];
    const own = this.definitions.get(name);
    const known = own ?? (Object.hasOwn(GROK_LIBRARY, name) ? GROK_LIBRARY[name] : undefined);
    if (known === undefined) throw new PatternFault(`there is no pattern ${name}`);
    if (depth >= MAX_DEPTH)
      throw new PatternFault(`${name} refers to itself, or patterns refer to each other too deeply`);
    if (capture !== undefined) this.name(plainCapture(capture));
    this.open(capture === undefined ? '(?:' : '(', 0);
    this.add(known, depth + 1);
    this.closeGroup();
    return end;
  }

  private name(name: string): void {
    if (!CAPTURE.test(name) || name === '__proto__') throw new PatternFault(`${name} is no usable name`);
    if (this.names.length >= PARSER_LIMITS.captures)
      throw new PatternFault(`more than ${PARSER_LIMITS.captures} captures`);
    this.names.push(name);
  }

  private open(source: string, end: number): number {
    this.source += source;
    this.groups.push({ size: 0, last: 0 });
    return end;
  }

  private closeGroup(): void {
    const { size } = this.groups.pop() as Group;
    this.source += ')';
    // What it holds was counted when it was added.
    this.innermost.size += size;
    this.innermost.last = size + 2;
    this.grow(2);
  }

  private element(source: string, size: number): void {
    this.source += source;
    this.innermost.last = size;
    this.grow(size);
  }

  private get innermost(): Group {
    return this.groups.at(-1) as Group;
  }

  private grow(size: number): void {
    this.innermost.size += size;
    let total = 0;
    for (const group of this.groups) total += group.size;
    if (total > PARSER_LIMITS.programSize)
      throw new PatternFault(
        `it is too large: its repeats written out are more than ${PARSER_LIMITS.programSize} steps`,
      );
  }
}

/** `[source][ip]` as others write it is `source.ip`. */
function plainCapture(capture: string): string {
  return /^(?:\[[^[\]]+\])+$/.test(capture) ? capture.slice(1, -1).replaceAll('][', '.') : capture;
}
