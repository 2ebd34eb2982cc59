import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, LRLanguage, syntaxHighlighting } from '@codemirror/language';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { queryParser } from '@logmaster/search/query/language';
import { completeQuery, type SuggestValues } from '@/features/explorer/query/complete.ts';
import { editorTheme } from '@/features/explorer/query/editor-theme.ts';
import { faultMark } from '@/features/explorer/query/fault-mark.ts';

const language = LRLanguage.define({ name: 'logmaster-query', parser: queryParser });

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.punctuation, color: 'var(--faint)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.operatorKeyword, color: 'var(--note)', fontWeight: '600' },
  { tag: tags.compareOperator, color: 'var(--note)', fontWeight: '600' },
  { tag: tags.paren, color: 'var(--warn)' },
  { tag: tags.squareBracket, color: 'var(--warn)' },
]);

/** The box has one line: what is pasted with line breaks is joined by blanks. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const insert = transaction.newDoc.toString().replace(/\s*[\r\n]+\s*/g, ' ');
  return { changes: { from: 0, to: transaction.startState.doc.length, insert }, selection: { anchor: insert.length } };
});

export function queryExtensions(suggest: SuggestValues): Extension {
  return [
    language,
    syntaxHighlighting(colours),
    editorTheme,
    faultMark,
    oneLine,
    history(),
    closeBrackets(),
    autocompletion({ override: [completeQuery(suggest)], icons: false, defaultKeymap: false }),
    // Enter accepts only what was chosen with the arrow keys; otherwise it runs the query.
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }, ...completionKeymap])),
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap.filter(({ key }) => key !== 'Enter')]),
    EditorView.lineWrapping,
  ];
}
