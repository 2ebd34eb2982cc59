import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ServiceError } from './service-error.ts';

const execute = promisify(execFile);

export interface ToolRun {
  /** The part that needs it, named in the error. */
  readonly service: string;
  /** Which component of `npm run setup:services` brings the tool. */
  readonly component: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** Where servers' tools are, which people other than root do not have in their PATH. */
const SBIN = '/usr/local/sbin:/usr/sbin:/sbin';
/** Most tools say a line or two; a provisioned domain says some hundred. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs a tool to its end, as we are; resolves with what it wrote to stdout. Throws ServiceError with its words. */
export async function runTool({ service, component, command, args, cwd, env }: ToolRun): Promise<string> {
  try {
    const { stdout } = await execute(command, args, {
      cwd,
      env: { ...process.env, PATH: `${process.env.PATH}:${SBIN}`, LC_ALL: 'C', ...env },
      maxBuffer: MAX_OUTPUT_BYTES,
    });
    return stdout;
  } catch (cause) {
    const { code, stderr = '', stdout = '' } = cause as NodeJS.ErrnoException & { stderr?: string; stdout?: string };
    if (code === 'ENOENT') {
      throw new ServiceError(service, `its tool ${command} is not there`, {
        advice: `npm run setup:services ${component}`,
        cause,
      });
    }
    throw new ServiceError(service, `${command} ${args[0] ?? ''} failed (${code})`, { logs: stdout + stderr, cause });
  }
}
