import type { ColumnBatch } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { isInternal } from '@logmaster/parsers/enrichment/address-scope';
import type { Enrichment } from '@logmaster/parsers/enrichment/enrich-event';
import type { AddressHistory } from '@logmaster/parsers/enrichment/identity-table';

/** What an address of one batch means. */
export interface SideAddress {
  readonly text: string;
  readonly internal: boolean;
  readonly place: PlaceCodes | undefined;
  /** What was found for it in `site` at this epoch of the table of identities. */
  site: string;
  epoch: number;
  history: AddressHistory | undefined;
}

/** Codes in the columns of the side, 0 for none; NaN for no number. */
interface PlaceCodes {
  readonly countryCode: number;
  readonly countryName: number;
  readonly asNumber: number;
  readonly asOrganization: number;
}

interface PlaceColumns {
  readonly countryCode: TextColumn;
  readonly countryName: TextColumn;
  readonly asNumber: NumberColumn;
  readonly asOrganization: TextColumn;
}

/** Country and network of a batch's source or destination addresses. */
export class SidePlaces {
  private readonly geo: Enrichment['geo'];
  private readonly address: TextColumn;
  /** Undefined where nothing is to be written into them. */
  private readonly columns: PlaceColumns | undefined;
  private readonly known: SideAddress[] = [];

  constructor(batch: ColumnBatch, side: 'source' | 'destination', geo: Enrichment['geo']) {
    this.geo = geo;
    this.address = batch.text(`${side}.ip`);
    this.columns = geo && {
      countryCode: batch.text(`${side}.geo.country_iso_code`),
      countryName: batch.text(`${side}.geo.country_name`),
      asNumber: batch.number(`${side}.as.number`),
      asOrganization: batch.text(`${side}.as.organization.name`),
    };
  }

  /** Writes the place of the row's address; undefined when it has none. */
  write(row: number): SideAddress | undefined {
    const code = this.address.codes[row] as number;
    if (code === 0) return undefined;
    let address = this.known[code];
    if (address === undefined) {
      address = this.look(this.address.dictionary.text(code));
      this.known[code] = address;
    }
    if (address.place !== undefined && this.columns !== undefined) writePlace(this.columns, row, address.place);
    return address;
  }

  private look(text: string): SideAddress {
    const internal = isInternal(text);
    return { text, internal, place: internal ? undefined : this.place(text), site: '', epoch: -1, history: undefined };
  }

  private place(text: string): PlaceCodes | undefined {
    const place = this.geo?.placeOf(text);
    const { columns } = this;
    if (place === undefined || columns === undefined) return undefined;
    const code = (column: TextColumn, value: string | undefined) =>
      value === undefined ? 0 : column.dictionary.codeOfText(value);
    return {
      countryCode: code(columns.countryCode, place.countryCode),
      countryName: code(columns.countryName, place.countryName),
      asNumber: place.asNumber ?? Number.NaN,
      asOrganization: code(columns.asOrganization, place.asOrganization),
    };
  }
}

/** The device's own word stays. */
function writePlace(
  { countryCode, countryName, asNumber, asOrganization }: PlaceColumns,
  row: number,
  place: PlaceCodes,
) {
  fill(countryCode, row, place.countryCode);
  fill(countryName, row, place.countryName);
  fill(asOrganization, row, place.asOrganization);
  if (Number.isNaN(asNumber.values[row])) asNumber.values[row] = place.asNumber;
}

function fill({ codes }: TextColumn, row: number, code: number): void {
  if (codes[row] === 0) codes[row] = code;
}
