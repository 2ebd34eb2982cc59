import { findMark, type Mark } from '../info-center/mark.ts';
import { readPreamble, setMark } from '../info-center/preamble.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { readAccess } from './access.ts';
import { isCgn, readCgn } from './cgn.ts';
import { classifyHuawei } from './classify.ts';
import { setHuaweiField } from './fields.ts';
import { pairsOf, readHuaweiPairs } from './pairs.ts';

const VERSION = '01';
/** The enterprise's number, in traps that are sent as logs: `IPSTRAP/4/THREATTRAP:OID 1.3.6.1.4.1.2011.6.122…`. */
const OID = /OID 1\.3\.6\.1\.4\.1\.2011\.[\d.]{1,64} ?/y;
const TRAP = /^([A-Za-z][\w-]{0,31})\/([0-7])\/([\w-]{1,64})$/;
const CLASS = /^CID=0x[\da-fA-F]{1,8}; ?/;
const FIREWALLS = new Set('POLICY SECLOG IPS AV URL SESSION IPSTRAP'.split(' '));

/** A trap has its module where a program's name stands. */
function findTrap({ text, messageAt, header }: VendorInput): Mark | undefined {
  const m = header.appname === undefined ? null : TRAP.exec(header.appname);
  OID.lastIndex = messageAt;
  if (!m || !OID.test(text)) return undefined;
  const [, module = '', severity, brief = ''] = m;
  return {
    index: messageAt,
    end: OID.lastIndex,
    version: VERSION,
    module,
    severity: Number(severity),
    brief,
    flag: 't',
  };
}

function markOf(input: VendorInput): Mark | undefined {
  const mark = findMark(input);
  return mark?.version === VERSION ? mark : findTrap(input);
}

/** Huawei's USG and Eudemon firewalls, and NE, AR, S and AC devices, NE's carrier grade NAT. Briefs without a meaning of their own keep code, severity and pairs. */
export const huaweiParser: VendorParser = {
  name: 'huawei',

  recognises(input) {
    return markOf(input) !== undefined || isCgn(input);
  },

  read(input, draft) {
    const mark = markOf(input);
    if (!mark) return readCgn(input, draft);
    const { event } = draft;
    const ofFirewall = FIREWALLS.has(mark.module.toUpperCase());
    event['event.dataset'] = ofFirewall ? 'huawei.usg' : 'huawei.vrp';
    event['observer.vendor'] = 'Huawei';
    event['observer.product'] = ofFirewall ? 'USG' : 'VRP';
    event['observer.type'] = ofFirewall ? 'firewall' : 'router';
    setMark(draft, mark);
    const time = readPreamble(input, mark, draft);
    if (mark.flag === 't') draft.drop('log.syslog.appname');
    const said = input.text.slice(mark.end).trim().replace(CLASS, '');
    event.message = input.text.slice(mark.index);
    if (readAccess(said, draft)) return time;
    return joined(time, readMessage(said, mark, draft));
  },
};

function readMessage(said: string, mark: Mark, draft: Parameters<VendorParser['read']>[1]): VendorTime | undefined {
  const byName = new Map<string, string>();
  readHuaweiPairs(pairsOf(said), (key, value) => {
    const name = key.toLowerCase().replace(/[ _-]/g, '');
    if (byName.has(name)) return;
    byName.set(name, value);
    setHuaweiField(draft, key, value);
  });
  return classifyHuawei(draft, mark, byName);
}

function joined(time: VendorTime | undefined, session: VendorTime | undefined): VendorTime | undefined {
  return time === undefined ? session : { ...time, ...session };
}
