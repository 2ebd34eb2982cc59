/** Default ports; `--port-base N` adds N to each so that installations run side by side. */
export const DEFAULT_PORTS = {
  web: 3000,
  syslog: 5514,
  syslogTls: 6514,
  beats: 5044,
  relp: 2514,
  metrics: 9600,
  postgres: 5543,
} as const;

export type PortName = keyof typeof DEFAULT_PORTS;
