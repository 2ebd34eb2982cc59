import { PARSER_LIMITS } from '@logmaster/core/custom-parsers/limits';
import type { ParseContext } from '../contracts.ts';
import type { EventDraft } from '../event/draft.ts';
import { readHeader } from '../syslog/header.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { captured } from './captures.ts';
import type { CompiledParser, Taken } from './compile.ts';

const HEADER_NAMES = [
  'log.syslog.hostname',
  'log.syslog.appname',
  'log.syslog.procid',
  'log.syslog.msgid',
  'observer.name',
] as const;

/** A record that a definition describes, not yet written into its event. */
export class CustomMatch {
  /** `name@version`, for `logmaster.parser`. */
  readonly label: string;
  private readonly parser: CompiledParser;
  private readonly taken: Taken;

  constructor(label: string, parser: CompiledParser, taken: Taken) {
    this.label = label;
    this.parser = parser;
    this.taken = taken;
  }

  /**
   * Writes what was captured, and before or after it what the built-in parser reads, if the definition asks for it: of two
   * values of one field the later one stays.
   * @param find the built-in parser of a text
   */
  read(
    input: VendorInput,
    draft: EventDraft,
    context: ParseContext,
    find: (input: VendorInput) => VendorParser | undefined,
  ): VendorTime | undefined {
    const { definition, write } = this.parser;
    const { captures, from } = this.taken;
    if (from < input.messageAt) forgetNames(draft, input, from);
    if (input.text.length - from > PARSER_LIMITS.textLength)
      draft.fail('event.original', `only ${PARSER_LIMITS.textLength} characters are read`);
    const before = definition.built_in === 'before' ? find(input)?.read(input, draft) : undefined;
    const own = write(captures, draft, context);
    if (definition.built_in !== 'after') return own ?? before;
    const rest = definition.rest === undefined ? undefined : captured(captures, definition.rest);
    if (definition.rest !== undefined && rest === undefined) return own;
    const left = rest === undefined ? input : wholeInput(rest);
    return find(left)?.read(left, draft) ?? own ?? headerTime(left);
  }
}

function wholeInput(text: string): VendorInput {
  const header = readHeader(text);
  return { text, messageAt: header.messageAt, header };
}

function headerTime({ header: { time } }: VendorInput): VendorTime | undefined {
  return time && { written: () => time };
}

/** What stands before a message is the definition's to read: no syslog header, then, and no names out of it. */
function forgetNames(draft: EventDraft, { text }: VendorInput, from: number): void {
  const { event } = draft;
  event.message = text.slice(from);
  for (const name of HEADER_NAMES) draft.drop(name);
}
