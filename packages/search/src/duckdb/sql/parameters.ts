import {
  BIGINT,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { Micros } from '@logmaster/core/time';

/** Bound values of one statement. Each call adds a value and returns its placeholder; values never become SQL text. */
export class Parameters {
  readonly values: DuckDBValue[] = [];
  readonly types: DuckDBType[] = [];

  #add(value: DuckDBValue, type: DuckDBType): string {
    this.values.push(value);
    this.types.push(type);
    return `$${this.values.length}`;
  }

  text(value: string): string {
    return this.#add(value.toWellFormed(), VARCHAR);
  }

  texts(values: readonly string[]): string {
    return this.#add(listValue([...values]), LIST(VARCHAR));
  }

  integer(value: number): string {
    return this.#add(BigInt(value), BIGINT);
  }

  moment(value: Micros): string {
    return this.#add(new DuckDBTimestampValue(BigInt(Math.round(value))), TIMESTAMP);
  }
}
