/** A captive portal of which no built-in parser knows anything. */
export const PORTAL = {
  name: 'acme-portal',
  kind: 'grok',
  applies_to: { devices: ['d1'] },
  patterns: [
    '^%{TIMESTAMP_ISO8601:at} %{WORD:what} user=%{QUOTEDSTRING} \\((?<login>[^)]*)\\) ip=%{IP:ip} mac=%{MAC:source.mac} room=%{ROOM:room}$',
    '^%{TIMESTAMP_ISO8601:at} SYSTEM %{GREEDYDATA:message}$',
  ],
  pattern_definitions: { ROOM: '[A-Z]\\d{3}' },
  fields: {
    what: [
      { to: 'event.action', lower: true },
      { to: 'event.type', table: { LOGIN: 'start', LOGOUT: 'end' }, otherwise: 'info' },
      { to: 'event.outcome', table: { LOGIN: 'success' }, otherwise: null },
    ],
    login: 'user.name',
    ip: 'source.ip',
  },
  constants: { 'event.category': 'authentication', 'observer.vendor': 'Acme' },
  time: { field: 'at', formats: ['auto'], zone: 'Europe/Istanbul' },
} as const;

export const PORTAL_RECORD =
  '2026-11-23 10:00:01 LOGIN user="Ayşe Yılmaz" (ayse) ip=10.20.30.40 mac=aa:bb:cc:dd:ee:ff room=B204';
