import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ServiceError } from '../services/process/service-error.ts';
import { ROOT } from '../stack.ts';

const CLI = path.join(ROOT, 'apps', 'cli', 'src', 'main.ts');

const preparedSchema = z.object({ signer: z.string(), password: z.string().optional() });

/**
 * `logmaster prepare` with the cluster's environment, as an operator runs it: checks the servers, makes keys, schema and
 * the first admin. The password is there when the admin was made now.
 */
export async function prepareInstallation(
  environment: Readonly<Record<string, string>>,
): Promise<z.infer<typeof preparedSchema>> {
  const env = { ...process.env, ...environment, NODE_ENV: 'production' };
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'prepare', '--json'], { env }).catch(
    (cause: Error & { stderr?: string }) => {
      throw new ServiceError('logmaster prepare', 'it failed', { logs: cause.stderr ?? cause.message, cause });
    },
  );
  return preparedSchema.parse(JSON.parse(stdout));
}
