import type { VendorInput } from '../vendor.ts';

/** What an information centre writes before each message: `%%01POLICY/6/POLICYPERMIT(l):`, `%%10SHELL/5/SHELL_LOGIN: `. */
export interface Mark {
  /** Where it begins. */
  readonly index: number;
  /** Where the message does. */
  readonly end: number;
  /** `01` of Huawei's, `10` of Comware's; some write none. */
  readonly version: string | undefined;
  readonly module: string;
  readonly severity: number;
  readonly brief: string;
  /** Comware 5 and Huawei: `l` log, `t` trap, `d` debugging, `s` security. */
  readonly flag: string | undefined;
}

/** A relay's time and name may stand between header and mark. */
const MAX_PREAMBLE = 160;
const MARK =
  /%%(\d\d)? ?([A-Za-z][\w&-]{0,31})\/([0-7])\/([A-Za-z][\w -]{0,62}\w)(?:\(([a-z]{1,3})\))?(?:\[\d{1,10}\])?:/y;

export function findMark({ text, messageAt }: VendorInput): Mark | undefined {
  const within = text.slice(messageAt, messageAt + MAX_PREAMBLE).indexOf('%%');
  if (within < 0) return undefined;
  const index = messageAt + within;
  MARK.lastIndex = index;
  const m = MARK.exec(text);
  if (!m) return undefined;
  const [, version, module = '', severity, brief = '', flag] = m;
  // Two percent signs alone stand in other texts too.
  if (version === undefined && index > messageAt && text[index - 1] !== ' ') return undefined;
  return { index, end: MARK.lastIndex, version, module, severity: Number(severity), brief, flag };
}
