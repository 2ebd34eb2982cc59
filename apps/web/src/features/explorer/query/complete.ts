import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { EVENT_FIELDS, FIELD_NAMES, isFieldName, LABEL_PREFIX } from '@logmaster/core/event/fields';
import { quoteValue } from '@/features/explorer/query/filters.ts';

/** Values of a field that begin with a prefix, most frequent first. */
export type SuggestValues = (
  field: string,
  prefix: string,
  signal: AbortSignal,
) => Promise<readonly { value: string; count: number }[]>;

/** Typing pauses this long before values are asked of the server. */
const PAUSE_MS = 150;

const FIELDS: readonly Completion[] = FIELD_NAMES.map((name) => ({
  label: name,
  detail: EVENT_FIELDS[name].type,
  apply: `${name}:`,
  type: 'property',
}));

const OPERATORS: readonly Completion[] = ['AND', 'OR', 'NOT'].map((label) => ({
  label,
  apply: `${label} `,
  boost: -10,
}));

/** `field:begin` before the cursor: values of the field. Else a word: fields and operators. */
const VALUE = /(?:^|[\s(!+-])([\p{L}@][\p{L}\p{N}._@-]*):("?)((?:[^\s"()[\]{}]|(?<=:"[^"]*)\s)*)$/u;

export function completeQuery(suggest: SuggestValues): CompletionSource {
  return async (context) => {
    const before = context.state.sliceDoc(0, context.pos);
    const found = VALUE.exec(before);
    const field = found?.[1];
    if (found && field && (isFieldName(field) || field.startsWith(LABEL_PREFIX))) {
      return values(context, suggest, field, found[2] === '"', found[3] ?? '');
    }
    const word = context.matchBefore(/[\p{L}\p{N}@._-]+/u);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options: [...FIELDS, ...OPERATORS], validFor: /^[\p{L}\p{N}@._-]*$/u };
  };
}

async function values(
  context: CompletionContext,
  suggest: SuggestValues,
  field: string,
  quoted: boolean,
  prefix: string,
): Promise<CompletionResult | null> {
  const control = new AbortController();
  context.addEventListener('abort', () => control.abort());
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  if (context.aborted) return null;
  // Suggestions are a help: when the server can't give them, the box goes on without.
  const found = await suggest(field, prefix, control.signal).catch(() => []);
  const from = context.pos - prefix.length - (quoted ? 1 : 0);
  const closing = quoted && context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? 1 : 0;
  return {
    from,
    to: context.pos + closing,
    filter: false,
    options: found.map(({ value, count }) => ({
      label: value,
      detail: String(count),
      apply: quoted ? `"${value.replace(/[\\"]/g, '\\$&')}"` : quoteValue(value),
    })),
  };
}
