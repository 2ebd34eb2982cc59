import { type ColumnBatch, isNumberField, isTextField } from '@logmaster/core/event/columns/column-batch';
import { FIELD_NAMES } from '@logmaster/core/event/fields';
import { emptyPages } from './columns/data-page.ts';
import { idPages } from './columns/id-pages.ts';
import { labelPages } from './columns/label-pages.ts';
import { messageAtPages, numberPages } from './columns/number-pages.ts';
import { originalPages } from './columns/original-pages.ts';
import { scratch } from './columns/scratch.ts';
import { textPages } from './columns/text-pages.ts';
import type { ColumnPages } from './file-writer.ts';

/**
 * The pages of one row group: `order` names the rows of a batch that it holds, in its order. Definition levels say
 * which rows have a value, then come the values: texts as codes into a dictionary, unless nearly each is different,
 * numbers as packed differences.
 */
export function eventPages(batch: ColumnBatch, order: Uint32Array): ColumnPages[] {
  scratch.fit(Math.max(order.length, batch.labels.count));
  const columns = FIELD_NAMES.map((name): ColumnPages => {
    if (name === 'event.original') return originalPages(batch, order);
    if (name === 'logmaster.record.id') return idPages(batch, order);
    if (isNumberField(name)) return numberPages(batch.numbers.get(name)?.values, order);
    if (!isTextField(name)) throw new TypeError(`${name} is neither text nor number`);
    const column = batch.texts.get(name);
    return column === undefined ? emptyPages(order.length) : textPages(column.codes, column.dictionary, order);
  });
  return [...columns, ...labelPages(batch, order), messageAtPages(batch, order)];
}
