import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTool } from '../process/run-tool.ts';

const RENDERER = path.resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'infra', 'render.mjs');

export interface Rendering {
  /** Who needs it, named in the error. */
  readonly service: string;
  /** Folder below infra. */
  readonly part: string;
  readonly values: Readonly<Record<string, string>>;
  /** Gets the rendered files. */
  readonly out: string;
}

/** Renders the product's own configuration of a server as an operator does. Throws ServiceError with the reason. */
export async function renderConfig({ service, part, values, out }: Rendering): Promise<void> {
  await mkdir(out, { recursive: true });
  const file = path.join(out, 'values.env');
  await writeFile(
    file,
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  await chmod(out, 0o755);
  await runTool({ service, component: 'node', command: process.execPath, args: [RENDERER, part, file, out] });
}
