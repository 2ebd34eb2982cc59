/** Work space that is as long as the longest row group. */
class Scratch {
  codes = new Int32Array(0);
  levels = new Uint8Array(0);
  numbers = new Float64Array(0);

  fit(rows: number): void {
    if (this.codes.length >= rows) return;
    this.codes = new Int32Array(rows);
    this.levels = new Uint8Array(rows);
    this.numbers = new Float64Array(rows);
  }
}
/** One for all: pages are made one after the other, and nothing of it outlives a call. */
export const scratch = new Scratch();
