/** The values of a row that parts of its reader look at: for each column the code of the present one, and the texts of all. */
export class RowWords {
  /** 0: empty. */
  readonly codes: Int32Array;
  private readonly texts: string[][];

  constructor(columns: number) {
    this.codes = new Int32Array(columns);
    this.texts = Array.from({ length: columns }, () => ['']);
  }

  /** The code of a value of the column that has none yet. */
  add(column: number, text: string): number {
    return (this.texts[column] as string[]).push(text) - 1;
  }

  text(column: number): string {
    return this.texts[column]?.[this.codes[column] as number] ?? '';
  }
}
