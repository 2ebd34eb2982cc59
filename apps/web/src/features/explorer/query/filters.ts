/** Text surgery on queries: what the + / − / only buttons do. The query stays text; nothing is parsed and re-printed. */
export type FilterMode = 'include' | 'exclude' | 'only';

const OPERATORS = new Set(['AND', 'OR', 'NOT', 'TO', '&&', '||']);

/** A value as the query language reads it back unchanged: bare when nothing in it has a meaning, else quoted. */
export function quoteValue(value: string): string {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.@-]*$/u.test(value) && !OPERATORS.has(value)) return value;
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

export function clauseOf(field: string, value: string): string {
  return `${field.replace(/[\s:"()\\]/g, '\\$&')}:${quoteValue(value)}`;
}

/** Adds a filter. An opposite filter on the same value goes away; the same one is not repeated. */
export function withFilter(query: string, field: string, value: string, mode: FilterMode): string {
  const clause = clauseOf(field, value);
  if (mode === 'only') return clause;
  const wanted = mode === 'include' ? clause : `NOT ${clause}`;
  const opposite = mode === 'include' ? `NOT ${clause}` : clause;
  const kept = conjuncts(query).filter((part) => part !== opposite && part !== wanted);
  return [...kept, wanted].join(' AND ');
}

/** Takes a filter away again, in either mode. Leaves the query alone when it isn't there as a clause of its own. */
export function withoutFilter(query: string, field: string, value: string): string {
  const clause = clauseOf(field, value);
  const parts = conjuncts(query);
  const kept = parts.filter((part) => part !== clause && part !== `NOT ${clause}`);
  return kept.length === parts.length ? query : kept.join(' AND ');
}

export function filterState(query: string, field: string, value: string): 'include' | 'exclude' | null {
  const clause = clauseOf(field, value);
  const parts = conjuncts(query);
  if (parts.includes(clause)) return 'include';
  return parts.includes(`NOT ${clause}`) ? 'exclude' : null;
}

/**
 * The parts that must all hold: those joined by AND, or standing side by side (which means the same). A query with OR
 * at its top level is one part, in brackets, so that joining by AND keeps its meaning.
 */
export function conjuncts(query: string): string[] {
  const words = topLevelWords(query);
  if (words.some((word) => word === 'OR' || word === '||')) return [`(${query.trim()})`];
  const parts: string[] = [];
  let open = '';
  for (const word of words) {
    if (word === 'AND' || word === '&&') continue;
    open = open === '' ? word : /[:<>=]$/.test(open) ? open + word : `${open} ${word}`;
    // An operator, or a field with a blank after its colon, belongs to what follows.
    if (/(^|\s)(NOT|!)$/.test(open) || /[:<>=]$/.test(open)) continue;
    parts.push(open);
    open = '';
  }
  return open === '' ? parts : [...parts, open];
}

/** Words at bracket depth 0; quoted strings and bracketed groups stay whole. */
function topLevelWords(query: string): string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < query.length; i++) {
    const char = query[i] as string;
    if (char === '\\') {
      word += char + (query[++i] ?? '');
      continue;
    }
    if (char === '"') quoted = !quoted;
    else if (!quoted && '([{'.includes(char)) depth++;
    else if (!quoted && ')]}'.includes(char)) depth--;
    if (/\s/.test(char) && !quoted && depth === 0) {
      if (word) words.push(word);
      word = '';
    } else word += char;
  }
  return word ? [...words, word] : words;
}
