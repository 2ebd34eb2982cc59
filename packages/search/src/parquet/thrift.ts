/**
 * Thrift's compact protocol, as far as Parquet footers and page headers need it. A struct is a list of fields in rising
 * order of their numbers; what is read can be written again, fields that nobody here knows included.
 */
export const Type = {
  true: 1,
  false: 2,
  byte: 3,
  i16: 4,
  i32: 5,
  i64: 6,
  double: 7,
  binary: 8,
  list: 9,
  set: 10,
  map: 11,
  struct: 12,
} as const;

export type Value = boolean | number | bigint | Uint8Array | List | Struct;

export interface Field {
  readonly id: number;
  readonly type: number;
  value: Value;
}

export class Struct {
  readonly fields: Field[];

  constructor(fields: Field[] = []) {
    this.fields = fields;
  }

  get(id: number): Value | undefined {
    return this.fields.find((field) => field.id === id)?.value;
  }

  put(id: number, value: Value): void {
    const field = this.fields.find((candidate) => candidate.id === id);
    if (field === undefined) throw new TypeError(`a Parquet footer lacks field ${id}`);
    field.value = value;
  }
}

export class List {
  readonly type: number;
  readonly values: Value[];

  constructor(type: number, values: Value[]) {
    this.type = type;
    this.values = values;
  }
}

const encoder = new TextEncoder();
export const text = (value: string): Uint8Array => encoder.encode(value);
export const i32 = (id: number, value: number): Field => ({ id, type: Type.i32, value });
export const i64 = (id: number, value: number): Field => ({ id, type: Type.i64, value: BigInt(value) });
export const binary = (id: number, value: Uint8Array): Field => ({ id, type: Type.binary, value });
export const list = (id: number, type: number, values: Value[]): Field => ({
  id,
  type: Type.list,
  value: new List(type, values),
});
export const struct = (id: number, fields: Field[]): Field => ({ id, type: Type.struct, value: new Struct(fields) });

class Writer {
  private bytes = Buffer.allocUnsafe(4096);
  private at = 0;

  get result(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  byte(value: number): void {
    this.room(1);
    this.bytes[this.at++] = value;
  }

  varint(value: bigint | number): void {
    if (typeof value === 'number' && value < 0x7fff_ffff) {
      let rest = value;
      for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
      this.byte(rest);
      return;
    }
    let rest = BigInt(value);
    for (; rest > 0x7fn; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    this.byte(Number(rest));
  }

  zigzag(value: bigint | number): void {
    const big = BigInt(value);
    this.varint(big >= 0n ? big << 1n : (-big << 1n) - 1n);
  }

  struct({ fields }: Struct): void {
    let last = 0;
    for (const { id, type, value } of fields) {
      const wire = type === Type.true || type === Type.false ? (value ? Type.true : Type.false) : type;
      if (id > last && id - last <= 15) this.byte(((id - last) << 4) | wire);
      else {
        this.byte(wire);
        this.zigzag(id);
      }
      last = id;
      if (wire > Type.false) this.value(type, value);
    }
    this.byte(0);
  }

  private value(type: number, value: Value): void {
    if (type === Type.i16 || type === Type.i32 || type === Type.i64) this.zigzag(value as number | bigint);
    else if (type === Type.byte) this.byte((value as number) & 0xff);
    else if (type === Type.binary) this.binary(value as Uint8Array);
    else if (type === Type.struct) this.struct(value as Struct);
    else if (type === Type.list) this.list(value as List);
    else throw new TypeError(`Thrift type ${type} is not expected in a Parquet footer`);
  }

  private list({ type, values }: List): void {
    if (values.length < 15) this.byte((values.length << 4) | type);
    else {
      this.byte(0xf0 | type);
      this.varint(values.length);
    }
    for (const value of values) {
      if (type === Type.true || type === Type.false) this.byte(value ? Type.true : Type.false);
      else this.value(type, value);
    }
  }

  private binary(value: Uint8Array): void {
    this.varint(value.length);
    this.room(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.bytes.length) return;
    const longer = Buffer.allocUnsafe((this.at + bytes) * 2);
    this.bytes.copy(longer, 0, 0, this.at);
    this.bytes = longer;
  }
}

export function encodeStruct(value: Struct): Buffer {
  const writer = new Writer();
  writer.struct(value);
  return writer.result;
}

class Reader {
  private readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  struct(): Struct {
    const fields: Field[] = [];
    let last = 0;
    for (let head = this.byte(); head !== 0; head = this.byte()) {
      const wire = head & 15;
      const id = head >> 4 === 0 ? Number(this.zigzag()) : last + (head >> 4);
      last = id;
      const flag = wire === Type.true || wire === Type.false;
      fields.push({ id, type: wire, value: flag ? wire === Type.true : this.value(wire) });
    }
    return new Struct(fields);
  }

  private value(type: number): Value {
    if (type === Type.i64) return this.zigzag();
    if (type === Type.i16 || type === Type.i32) return Number(this.zigzag());
    if (type === Type.byte) return this.byte();
    if (type === Type.binary) return this.binary();
    if (type === Type.struct) return this.struct();
    if (type === Type.list) return this.list();
    throw new TypeError(`Thrift type ${type} is not expected in a Parquet footer`);
  }

  private list(): List {
    const head = this.byte();
    const type = head & 15;
    const length = head >> 4 === 15 ? Number(this.varint()) : head >> 4;
    const values: Value[] = [];
    for (let index = 0; index < length; index++) {
      values.push(type === Type.true || type === Type.false ? this.byte() === Type.true : this.value(type));
    }
    return new List(type, values);
  }

  private binary(): Uint8Array {
    const length = Number(this.varint());
    if (this.at + length > this.bytes.length) throw new RangeError('a Parquet footer is cut');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  private byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new RangeError('a Parquet footer is cut');
    return byte;
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  private zigzag(): bigint {
    const value = this.varint();
    return value & 1n ? -((value + 1n) >> 1n) : value >> 1n;
  }
}

export function decodeStruct(bytes: Uint8Array): Struct {
  return new Reader(bytes, 0).struct();
}
