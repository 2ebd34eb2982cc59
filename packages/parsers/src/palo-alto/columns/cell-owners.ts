import type { CellWrites } from '../../columns/setter-memo.ts';

/**
 * Who writes which cells of a layout's rows, for one batch. Two columns that wrote the same cell would depend on which of
 * them comes last, and two labels of one name on which came first: rows with such values are read as text.
 */
export class CellOwners {
  /** By column of the batch, or code of a label's name. */
  private readonly owners = new Map<object | number, number>();

  /** False: another column writes one of these. */
  claim(cells: CellWrites, owner: number): boolean {
    const { texts, numbers } = cells;
    const columns = [...texts, ...numbers].map(({ column }) => column);
    return columns.every((column) => this.claimCell(column, owner)) && this.claimLabels(cells, owner);
  }

  /** Fields that more than one writes are the last one's: for those who always come last. */
  claimLabels({ labels }: CellWrites, owner: number): boolean {
    return labels.every(({ key }) => this.claimCell(key, owner));
  }

  claimCell(cell: object | number, owner: number): boolean {
    const known = this.owners.get(cell) ?? owner;
    this.owners.set(cell, known);
    return known === owner;
  }
}
