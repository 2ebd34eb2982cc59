/**
 * Every fact the pipeline tells the outside, each a log line and a counter `logmaster_<name>_total`. Names are stable:
 * people alert on them.
 */
export const EVENT_TABLE = {
  journal_opened: { level: 'info', text: 'Journal opened' },
  journal_torn_tail: {
    level: 'warn',
    text: 'A journal file ended in a torn tail, which was cut: it was never acknowledged',
  },
  journal_lost: { level: 'error', text: 'A stretch of a journal file is damaged; its records are lost' },
  journal_missing: { level: 'error', text: 'A journal file is gone or can not be read' },
  journal_failed: { level: 'error', text: 'The journal can not be written; nothing more is accepted' },
  disk_full: { level: 'error', text: 'The disk of the journal is full: senders are slowed until there is room' },
  disk_has_room: { level: 'info', text: 'The disk of the journal has room again' },
  clock_stepped: { level: 'warn', text: 'The clock jumped' },
  record_late: { level: 'warn', text: 'A record was stamped before its segment began; its time was held' },
  syslog_listening: { level: 'info', text: 'Listening for syslog' },
  udp_buffer_small: { level: 'warn', text: 'The kernel gives UDP a small receive buffer: raise net.core.rmem_max' },
  connection_refused: { level: 'warn', text: 'A connection was refused: too many are open' },
  connection_failed: { level: 'debug', text: 'A connection broke' },
  connection_expired: {
    level: 'info',
    text: 'A connection was closed: it was silent for too long, or never ended its record',
  },
  frame_refused: { level: 'warn', text: 'A connection was closed: what arrived is not of its protocol' },
  proxy_refused: {
    level: 'warn',
    text: 'A PROXY header is missing, can not be read, or came from somebody who is not listed',
  },
  tls_failed: { level: 'warn', text: 'A TLS handshake failed' },
  certificate_loaded: { level: 'info', text: 'A TLS certificate is in use' },
  certificate_refused: { level: 'error', text: 'New TLS files can not be used; the old certificate stays in use' },
  receive_paused: { level: 'info', text: 'The journal is behind: senders over connections are slowed' },
  record_dropped: { level: 'warn', text: 'Records were dropped' },
  segment_planned: { level: 'debug', text: 'A segment was closed' },
  segment_sealed: { level: 'info', text: 'A segment is sealed' },
  segment_published: { level: 'info', text: 'A segment is in the archive' },
  seal_failed: { level: 'error', text: 'A segment could not be sealed or published; it will be tried again' },
  archive_away: { level: 'error', text: 'The archive is not available; sealed segments wait' },
  stamped: { level: 'info', text: 'A time-stamp was added' },
  stamp_failed: { level: 'warn', text: 'No time-stamp; it will be tried again' },
  day_packed: { level: 'info', text: 'A day is packed' },
  day_failed: { level: 'error', text: 'A day could not be packed; it will be tried again' },
  index_written: { level: 'debug', text: 'A batch is in the index' },
  index_failed: { level: 'warn', text: 'The index did not take a batch; it will be tried again' },
  record_quarantined: {
    level: 'warn',
    text: 'A record can not be indexed; it is sealed like all others and kept for a replay',
  },
  quarantine_replayed: { level: 'info', text: 'Quarantined records were tried once more' },
  parser_failed: { level: 'error', text: 'A parser threw; the record is indexed as raw text' },
  mapping_changed: { level: 'info', text: 'The assignment of senders to sites has changed' },
  database_away: { level: 'warn', text: 'The database is not available; the last copy of the assignment is used' },
  worker_started: { level: 'info', text: 'A receiving process is at work' },
  worker_ended: { level: 'error', text: 'A receiving process ended; it will be started again' },
  workers_rolled: { level: 'info', text: 'All receiving processes were replaced, one after the other' },
  processor_careful: {
    level: 'warn',
    text: 'The processor ended again and again without progress: records are indexed piece by piece to find the reason',
  },
  sealer_started: { level: 'info', text: 'Sealer started' },
  sealer_ended: { level: 'error', text: 'The sealer ended; it will be started again' },
  process_hung: { level: 'error', text: 'A process of ingest did not answer any more and was ended' },
  processor_started: { level: 'info', text: 'Processor started' },
  processor_ended: { level: 'error', text: 'The processor ended; it will be started again' },
} as const satisfies Record<string, { level: 'debug' | 'info' | 'warn' | 'error'; text: string }>;

export type EventName = keyof typeof EVENT_TABLE;
