// Preloaded into child processes with --import: when the supervisor is gone (its IPC channel closes, however it
// ended), the child is asked to stop as by SIGTERM, and ended if it does not.
const GRACE_MS = 20_000;

process.once('disconnect', () => {
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref();
  process.kill(process.pid, 'SIGTERM');
});
// The listener must not keep a process alive that has nothing else to do.
process.channel?.unref();
