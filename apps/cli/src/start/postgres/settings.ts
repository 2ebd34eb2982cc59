/** A small installation's database: devices, users, sessions; the records are elsewhere. */
export const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '32MB',
  max_connections: '30',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_wal_size: '256MB',
  min_wal_size: '64MB',
  max_worker_processes: '2',
  max_parallel_workers: '0',
  max_wal_senders: '2',
  // Its launcher is a process that does nothing here.
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '1',
  // PostgreSQL 18 starts worker processes for reads otherwise: memory for nothing at this size.
  io_method: 'sync',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};
