// Alertmanager with the product's own configuration (infra/monitoring) on loopback.
import path from 'node:path';
import { z } from 'zod';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { getJson } from '../client/get-json.ts';
import { renderConfig } from '../infra/render-config.ts';
import { processService } from '../process/process-service.ts';
import { runProgram } from '../process/run-program.ts';
import { type Address, LOOPBACK, type Placement, type Service } from '../process/service.ts';

export interface AlertmanagerOptions extends Placement {
  readonly name?: string;
  readonly smtp: Address;
  readonly mailTo: string;
  readonly mailFrom?: string;
  /** Further variables of infra/monitoring/variables.env. Default: mails go out after a second. */
  readonly values?: Readonly<Record<string, string>>;
}

const alertSchema = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  status: z.object({ state: z.enum(['unprocessed', 'active', 'suppressed']) }),
});

export interface AlertmanagerService extends Service {
  readonly url: string;
  /** What it holds now; `suppressed` ones are silenced or inhibited. */
  alerts(): Promise<readonly z.infer<typeof alertSchema>[]>;
}

/** Not started yet. */
export async function createAlertmanager(keeper: Keeper, options: AlertmanagerOptions): Promise<AlertmanagerService> {
  const { host = LOOPBACK, smtp, mailTo, mailFrom = 'LogMaster <logmaster@example.org>' } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `alertmanager-${port}`;
  const folder = await keeper.makeFolder(name);
  const conf = path.join(folder, 'conf');
  const file = path.join(conf, 'alertmanager.yml');
  const url = `http://${host}:${port}`;
  const values = {
    MAIL_TO: mailTo,
    MAIL_FROM: mailFrom,
    SMTP_SERVER: `${smtp.host}:${smtp.port}`,
    GROUP_WAIT: '1s',
    ...options.values,
  };

  const service = processService({
    keeper,
    name,
    address: { host, port },
    component: 'prometheus',
    command: 'prometheus-alertmanager',
    args: [
      `--config.file=${file}`,
      `--storage.path=${path.join(folder, 'data')}`,
      `--web.listen-address=${host}:${port}`,
      // Its default gossips on every address.
      '--cluster.listen-address=',
    ],
    cwd: folder,
    async prepare() {
      await renderConfig({ service: name, part: 'monitoring', values, out: conf });
      await runProgram(keeper, { service: name, command: 'amtool', args: ['check-config', file], folder });
    },
    async probe() {
      const response = await fetch(`${url}/-/ready`);
      if (!response.ok) throw new Error((await response.text()).trim());
    },
  });
  return { ...service, url, alerts: () => getJson(`${url}/api/v2/alerts`, z.array(alertSchema)) };
}
