import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';

/** Where a query is wrong, in UTF-16 units, end exclusive; `from` may be the end of the text. */
export interface QueryFault {
  readonly from: number;
  readonly to: number;
  readonly code: 'QUERY_SYNTAX' | 'QUERY_TYPE';
  readonly message: string;
}

export const faultEffect = StateEffect.define<QueryFault | null>();

const underlined = Decoration.mark({ class: 'cm-fault' });
const atEnd = Decoration.line({ class: 'cm-fault-end' });

/** Underlines the wrong characters; a query that ends too early gets the mark after its last one. */
export const faultMark = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (!effect.is(faultEffect)) continue;
      const { length } = transaction.state.doc;
      const fault = effect.value;
      if (!fault) next = Decoration.none;
      else if (fault.from >= length) next = Decoration.set([atEnd.range(0)]);
      else next = Decoration.set([underlined.range(fault.from, Math.min(length, Math.max(fault.to, fault.from + 1)))]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
