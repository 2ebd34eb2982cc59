/**
 * The patterns that a definition can refer to as `%{NAME}` or `%{NAME:capture}`, under the names that grok users know.
 * They find where a value begins and ends and are wider than the values they stand for: an address is checked when it
 * is written into its field. Each is written for a linear-time engine: no look-around, no back-reference.
 */
export const GROK_LIBRARY: Readonly<Record<string, string>> = {
  WORD: '\\w+',
  NOTSPACE: '\\S+',
  SPACE: '\\s*',
  DATA: '.*?',
  GREEDYDATA: '.*',
  NOTQUOTE: '[^"]*',

  INT: '[+-]?\\d+',
  POSINT: '[1-9]\\d*',
  NONNEGINT: '\\d+',
  NUMBER: '[+-]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)',
  BASE10NUM: '%{NUMBER}',
  BASE16NUM: '(?:0[xX])?[0-9A-Fa-f]+',

  QUOTEDSTRING: '(?:"(?:[^"\\\\]|\\\\.)*"|\'(?:[^\'\\\\]|\\\\.)*\'|`[^`]*`)',
  QS: '%{QUOTEDSTRING}',
  UUID: '[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}',

  USERNAME: '[\\pL\\pN._-]+',
  USER: '%{USERNAME}',
  EMAILLOCALPART: "[\\w!#$%&'*+/=?^`{|}~.-]+",
  EMAILADDRESS: '%{EMAILLOCALPART}@%{HOSTNAME}',

  IPV4: '\\d+\\.\\d+\\.\\d+\\.\\d+',
  IPV6: '[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*',
  IP: '(?:%{IPV4}|%{IPV6})',
  HOSTNAME: '[\\pL\\pN](?:[\\pL\\pN_.-]*[\\pL\\pN])?\\.?',
  HOST: '%{HOSTNAME}',
  IPORHOST: '(?:%{IP}|%{HOSTNAME})',
  HOSTPORT: '%{IPORHOST}:%{POSINT}',
  PORT: '\\d+',
  MAC: '(?:%{COMMONMAC}|%{CISCOMAC}|%{WINDOWSMAC})',
  COMMONMAC: '(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}',
  WINDOWSMAC: '(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}',
  CISCOMAC: '(?:[0-9A-Fa-f]{4}\\.){2}[0-9A-Fa-f]{4}',

  PATH: '(?:%{UNIXPATH}|%{WINPATH})',
  UNIXPATH: '/[^\\s"]*',
  WINPATH: '(?:[A-Za-z]:|\\\\)\\\\[^\\s"]*',
  URIPROTO: '[A-Za-z][A-Za-z0-9+.-]*',
  URIHOST: '(?:\\[[0-9A-Fa-f:.]+\\]|%{IPORHOST})(?::\\d{1,5})?',
  URIPATH: '/[^\\s?#"]*',
  URIQUERY: '[^\\s#"]*',
  URIPARAM: '\\?%{URIQUERY}',
  URIPATHPARAM: '%{URIPATH}(?:%{URIPARAM})?',
  URI: '%{URIPROTO}://(?:[^\\s/@"]+@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?(?:#[^\\s"]*)?',

  MONTH:
    '(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ep(?:tember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)',
  MONTHNUM: '(?:0?[1-9]|1[0-2])',
  MONTHDAY: '(?:0?[1-9]|[12]\\d|3[01])',
  DAY: '(?:[Mm]on(?:day)?|[Tt]ue(?:sday)?|[Ww]ed(?:nesday)?|[Tt]hu(?:rsday)?|[Ff]ri(?:day)?|[Ss]at(?:urday)?|[Ss]un(?:day)?)',
  YEAR: '\\d{4}|\\d{2}',
  HOUR: '(?:2[0-3]|[01]?\\d)',
  MINUTE: '[0-5]\\d',
  SECOND: '(?:[0-5]?\\d|60)(?:[:.,]\\d{1,9})?',
  TIME: '%{HOUR}:%{MINUTE}(?::%{SECOND})?',
  ISO8601_TIMEZONE: '(?:[Zz]|[+-]\\d{2}:?\\d{2})',
  TIMESTAMP_ISO8601: '\\d{4}-%{MONTHNUM}-%{MONTHDAY}[T ]%{TIME}(?: ?%{ISO8601_TIMEZONE})?',
  DATE_US: '%{MONTHNUM}[/-]%{MONTHDAY}[/-](?:%{YEAR})',
  DATE_EU: '%{MONTHDAY}[./-]%{MONTHNUM}[./-](?:%{YEAR})',
  DATE: '(?:%{DATE_US}|%{DATE_EU})',
  DATESTAMP: '%{DATE}[ T-]%{TIME}',
  TZ: '[A-Z]{3,5}',
  SYSLOGTIMESTAMP: '%{MONTH} +%{MONTHDAY} %{TIME}',
  HTTPDATE: '%{MONTHDAY}/%{MONTH}/\\d{4}:%{TIME} [+-]\\d{4}',

  PROG: '[\\w./%-]+',
  SYSLOGPROG: '%{PROG:process}(?:\\[%{POSINT:pid}\\])?',
  SYSLOGHOST: '%{IPORHOST}',
  LOGLEVEL:
    '(?i:emerg(?:ency)?|alert|crit(?:ical)?|fatal|severe|err(?:or)?|warn(?:ing)?|notice|info(?:rmation)?|debug|trace)',
};
