import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';

interface Side {
  readonly ip: TextColumn;
  readonly port: NumberColumn;
  readonly nat: TextColumn;
  readonly natPort: NumberColumn;
  /** The pair of codes that was compared last. */
  lastIp: number;
  lastNat: number;
  wasSame: boolean;
}

/** Takes translations that are none out of the rows of one batch; the meaning is that of event/translation.ts. */
export class Untranslated {
  private readonly sides: readonly Side[];

  constructor(batch: ColumnBatch) {
    this.sides = (['source', 'destination'] as const).map((side) => ({
      ip: batch.text(`${side}.ip`),
      port: batch.number(`${side}.port`),
      nat: batch.text(`${side}.nat.ip`),
      natPort: batch.number(`${side}.nat.port`),
      lastIp: 0,
      lastNat: 0,
      wasSame: true,
    }));
  }

  drop(row: number): void {
    for (let index = 0; index < this.sides.length; index++) {
      const side = this.sides[index] as Side;
      const { nat, natPort } = side;
      const translated = natPort.values[row] as number;
      if ((nat.codes[row] as number) === 0) natPort.values[row] = Number.NaN;
      else if (isSame(side, row) && (Number.isNaN(translated) || translated === side.port.values[row])) {
        nat.codes[row] = 0;
        natPort.values[row] = Number.NaN;
      }
    }
  }
}

/** Is the translated address the own one? */
function isSame(side: Side, row: number): boolean {
  const [ip, nat] = [side.ip.codes[row] as number, side.nat.codes[row] as number];
  if (ip === side.lastIp && nat === side.lastNat) return side.wasSame;
  const { bytes, offsets } = side.ip.dictionary;
  side.lastIp = ip;
  side.lastNat = nat;
  side.wasSame = ip !== 0 && side.nat.dictionary.holds(nat, bytes, offsets[ip - 1] as number, offsets[ip] as number);
  return side.wasSame;
}
