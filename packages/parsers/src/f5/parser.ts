import { LEVELS } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readAccess } from './access.ts';
import { readHead } from './head.ts';
import { looksLikeManagement, readManagement } from './management.ts';
import { IRULE_LOG, readRequestLog } from './request-log.ts';
import { looksLikeSecurity, readSecurity } from './security.ts';
import { readAudit, readIrule, readSystem } from './system.ts';

/** Numbers of APM. */
const ACCESS = '0149';
const IRULE = /(?:^|\]: |^tmm\d{0,3}: )Rule \/\S{1,256} (?:<[A-Z_\d]{1,64}>|: )/;

/** F5 BIG-IP: AFM, ASM, APM, LTM, CGNAT, audit. Messages without a reader keep number, severity and text. */
export const f5Parser: VendorParser = {
  name: 'f5_bigip',

  recognises(input) {
    if (readHead(input) !== undefined || looksLikeSecurity(input) || looksLikeManagement(input)) return true;
    const said = input.text.slice(input.messageAt, input.messageAt + 400);
    return said.includes(IRULE_LOG) || IRULE.test(said);
  },

  read(input, draft) {
    const { event } = draft;
    event['event.dataset'] = 'f5.bigip';
    event['observer.vendor'] = 'F5';
    event['observer.product'] = 'BIG-IP';
    event['observer.type'] = 'firewall';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    const head = readHead(input);
    if (!head) {
      if (looksLikeSecurity(input)) return readSecurity(input, draft);
      const { text, messageAt } = input;
      if (looksLikeManagement(input)) {
        readManagement(text.slice(messageAt), draft);
        return undefined;
      }
      if (readIrule(text.slice(messageAt), draft)) return undefined;
      // Its own times have no zone.
      const time = readRequestLog(text, messageAt, draft);
      return input.header.time?.offset === undefined ? time : undefined;
    }
    const { code, severity, said } = head;
    event['event.code'] = code;
    event['event.severity'] = severity;
    event['log.level'] = LEVELS[severity] as string;
    draft.text('log.syslog.appname', head.process);
    draft.text('log.syslog.procid', head.pid);
    if (code.startsWith(ACCESS)) readAccess(said, draft);
    else if (!readAudit(said, draft)) readSystem(said, severity, draft);
    return undefined;
  },
};
