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
  ['domain', 'sntdom'],
  ['identHostName', 'shost'],
  ['srcName', 'shost'],
  ['dstName', 'dhost'],
  ['srcBytes', 'out'],
  ['dstBytes', 'in'],
  ['bytesOut', 'out'],
  ['bytesIn', 'in'],
  ['url', 'request'],
  ['action', 'act'],
]);
