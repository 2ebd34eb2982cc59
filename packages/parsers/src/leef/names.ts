/**
 * LEEF's predefined attributes (IBM QRadar LEEF 2.0, "Predefined LEEF event attributes") by the names that the CEF
 * dictionary has for the same, so that one table tells what both mean. All other names stay as they are.
 */
export const LEEF_NAMES: ReadonlyMap<string, string> = new Map([
  ['devTime', 'rt'],
  ['srcPort', 'spt'],
  ['dstPort', 'dpt'],
  ['srcMAC', 'smac'],
  ['dstMAC', 'dmac'],
  ['srcPostNAT', 'sourceTranslatedAddress'],
  ['srcPostNATPort', 'sourceTranslatedPort'],
  ['dstPostNAT', 'destinationTranslatedAddress'],
  ['dstPostNATPort', 'destinationTranslatedPort'],
  ['usrName', 'suser'],
  ['accountName', 'suser'],
  ['user', 'suser'],
  ['userName', 'suser'],
  ['domain', 'sntdom'],
  ['identHostName', 'shost'],
  ['srcName', 'shost'],
  ['dstName', 'dhost'],
  // Full names: products that count `in` and `out` as the firewall sees them do so in CEF alone.
  ['srcBytes', 'bytesOut'],
  ['dstBytes', 'bytesIn'],
  ['url', 'request'],
  ['action', 'act'],
]);
