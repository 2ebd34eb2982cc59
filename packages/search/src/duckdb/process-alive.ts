/** Whether a process of this machine runs. A reused pid counts as running: what waits for it waits for its lease too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // EPERM: it lives and belongs to someone else
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
