'use client';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef } from 'react';
import { useNonce } from '@/components/nonce.tsx';
import type { SuggestValues } from '@/features/explorer/query/complete.ts';
import { queryExtensions } from '@/features/explorer/query/editor-setup.ts';
import { faultEffect, type QueryFault } from '@/features/explorer/query/fault-mark.ts';

export interface QueryBoxProps {
  value: string;
  onChange: (value: string) => void;
  onRun: () => void;
  fault: QueryFault | null;
  suggest: SuggestValues;
  /** Filled with a function that puts the cursor into the box. */
  focusRef: RefObject<(() => void) | null>;
}

/** One line of query text. Enter runs, Esc leaves, Ctrl+Space completes. */
export default function QueryBox(props: QueryBoxProps) {
  const { value, fault, focusRef } = props;
  const t = useTranslations('explorer');
  const nonce = useNonce();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const texts = { label: t('queryLabel'), placeholder: t('queryPlaceholder') };
  const textsPart = useRef(new Compartment());
  const textsOf = ({ label, placeholder }: typeof texts) => [
    placeholderText(placeholder),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-multiline': 'false',
      'data-testid': 'query-box',
      spellcheck: 'false',
      autocapitalize: 'off',
      enterkeyhint: 'search',
    }),
  ];
  // Made once: what changes reaches the editor through `latest` and the effects below.
  useEffect(() => {
    if (!host.current) return;
    const run = () => {
      latest.current.onRun();
      return true;
    };
    const leave = (editor: EditorView) => {
      editor.contentDOM.blur();
      return true;
    };
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
          queryExtensions((field, prefix, signal) => latest.current.suggest(field, prefix, signal)),
          Prec.low(
            keymap.of([
              { key: 'Enter', run },
              { key: 'Escape', run: leave },
            ]),
          ),
          textsPart.current.of(textsOf(texts)),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    focusRef.current = () => {
      editor.focus();
      editor.dispatch({ selection: { anchor: 0, head: editor.state.doc.length } });
    };
    return () => {
      focusRef.current = null;
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      selection: { anchor: value.length },
    });
  }, [value]);
  useEffect(() => view.current?.dispatch({ effects: faultEffect.of(fault) }), [fault]);
  useEffect(
    () => view.current?.dispatch({ effects: textsPart.current.reconfigure(textsOf(texts)) }),
    [texts.label, texts.placeholder],
  );
  return <div ref={host} className="min-w-0 flex-1" />;
}
