import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { TextColumn } from '@logmaster/core/event/columns/columns';
import type { AssetNames } from '@logmaster/parsers/enrichment/asset-names';

/** Codes of the names of a batch's addresses and MACs, of one site: 0 for none. */
interface Codes {
  readonly assets: AssetNames;
  readonly addresses: number[];
  readonly macs: number[];
}

/** Names of the assets at a batch's sources or destinations. */
export class RowAssets {
  private readonly name: TextColumn;
  private readonly address: TextColumn;
  private readonly mac: TextColumn;
  private readonly sites = new Map<string, Codes>();

  constructor(batch: ColumnBatch, side: 'source' | 'destination') {
    this.name = batch.text(`logmaster.${side}.asset.name`);
    this.address = batch.text(`${side}.ip`);
    this.mac = batch.text(`${side}.mac`);
  }

  write(row: number, site: string, assets: AssetNames): void {
    let codes = this.sites.get(site);
    if (codes?.assets !== assets) {
      codes = { assets, addresses: [], macs: [] };
      this.sites.set(site, codes);
    }
    const mac = this.mac.codes[row] as number;
    const address = this.address.codes[row] as number;
    let name = mac === 0 ? 0 : codes.macs[mac];
    if (name === undefined) {
      name = this.codeOf(assets.nameOfMac(site, this.mac.dictionary.text(mac)));
      codes.macs[mac] = name;
    }
    if (name === 0 && address !== 0) {
      name = codes.addresses[address];
      if (name === undefined) {
        name = this.codeOf(assets.nameOfAddress(site, this.address.dictionary.text(address)));
        codes.addresses[address] = name;
      }
    }
    this.name.codes[row] = name;
  }

  private codeOf(name: string | undefined): number {
    return name === undefined ? 0 : this.name.dictionary.codeOfText(name);
  }
}
