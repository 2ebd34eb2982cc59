import type { Shape } from './shapes.ts';

/**
 * What lets a vendor's parser be left out without asking it: every record that it recognises shows at least one of these.
 * They never decide that a record is a vendor's. All are ASCII.
 */
export interface VendorSigns {
  /** The message begins so. */
  readonly starts?: readonly string[];
  /**
   * Names of programs, as findProgram of programs/program.ts looks them up; with `*` at the end what the tag begins with, in
   * any case.
   */
  readonly programs?: readonly string[];
  /** The header's tag or APP-NAME is this. */
  readonly apps?: readonly string[];
  /**
   * It stands somewhere in the record. The rarer its characters are in logs, the less it costs. Three characters or more, or
   * one, of which there may be eight.
   */
  readonly marks?: readonly string[];
  /** Signs that many records show: they count where the message has a shape, too. Without any the shape is looked for always. */
  readonly shaped?: {
    readonly starts?: readonly string[];
    readonly marks?: readonly string[];
    readonly shape: Shape;
  };
  /** Characters: a message that begins with one is none of its, whatever signs the record shows. */
  readonly notBehind?: readonly string[];
}
