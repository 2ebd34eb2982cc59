import { once } from 'node:events';
import { createServer } from 'node:net';
import { ServiceError } from './service-error.ts';

/** Throws a ServiceError that names the part and the port when something listens there already. */
export async function checkPortFree(service: string, host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'EADDRINUSE' ? 'is used by another program' : `can not be opened (${message})`;
    throw new ServiceError(service, `port ${port} on ${host} ${reason}`, {
      advice: 'stop that program, or move all ports with --port-base N',
      cause,
    });
  } finally {
    server.close();
  }
}
