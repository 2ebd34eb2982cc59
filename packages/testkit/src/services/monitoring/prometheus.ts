// Prometheus with the product's own rules (infra/monitoring) on loopback.
import path from 'node:path';
import { z } from 'zod';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { getJson } from '../client/get-json.ts';
import { renderConfig } from '../infra/render-config.ts';
import { processService } from '../process/process-service.ts';
import { runProgram } from '../process/run-program.ts';
import { type Address, LOOPBACK, type Placement, type Service } from '../process/service.ts';

export interface PrometheusOptions extends Placement {
  readonly name?: string;
  /** Status servers of ingest nodes. */
  readonly ingestNodes: readonly Address[];
  readonly alertmanagers?: readonly Address[];
  /** Further variables of infra/monitoring/variables.env. Default: scrapes every second, a node is down after one. */
  readonly values?: Readonly<Record<string, string>>;
}

const alertSchema = z.object({ state: z.enum(['pending', 'firing']), labels: z.record(z.string(), z.string()) });
const alertsSchema = z.object({ data: z.object({ alerts: z.array(alertSchema) }) });
const vectorSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface PrometheusService extends Service {
  readonly url: string;
  /** An instant query. */
  query(expression: string): Promise<readonly Sample[]>;
  alerts(): Promise<readonly z.infer<typeof alertSchema>[]>;
}

const list = (addresses: readonly Address[]) => addresses.map(({ host, port }) => `${host}:${port}`).join(' ');

/** Not started yet. */
export async function createPrometheus(keeper: Keeper, options: PrometheusOptions): Promise<PrometheusService> {
  const { host = LOOPBACK, ingestNodes, alertmanagers = [] } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `prometheus-${port}`;
  const folder = await keeper.makeFolder(name);
  const conf = path.join(folder, 'conf');
  const url = `http://${host}:${port}`;
  const values = {
    INGEST_NODES: list(ingestNodes),
    ALERTMANAGERS: list(alertmanagers),
    SCRAPE_INTERVAL: '1s',
    DOWN_AFTER: '1s',
    // Of the other half of the part, which must be given.
    MAIL_TO: 'nobody@example.org',
    MAIL_FROM: 'nobody@example.org',
    SMTP_SERVER: `${LOOPBACK}:9`,
    ...options.values,
  };

  const service = processService({
    keeper,
    name,
    address: { host, port },
    component: 'prometheus',
    command: 'prometheus',
    args: [
      `--config.file=${path.join(conf, 'prometheus.yml')}`,
      `--storage.tsdb.path=${path.join(folder, 'data')}`,
      // Its default listens on every address.
      `--web.listen-address=${host}:${port}`,
      '--storage.tsdb.retention.time=1d',
    ],
    cwd: folder,
    async prepare() {
      await renderConfig({ service: name, part: 'monitoring', values, out: conf });
      const args = ['check', 'config', path.join(conf, 'prometheus.yml')];
      await runProgram(keeper, { service: name, command: 'promtool', args, folder });
    },
    async probe() {
      const response = await fetch(`${url}/-/ready`);
      if (!response.ok) throw new Error((await response.text()).trim());
    },
  });
  return {
    ...service,
    url,
    async query(expression) {
      const { data } = await getJson(`${url}/api/v1/query?query=${encodeURIComponent(expression)}`, vectorSchema);
      return data.result.map(({ metric, value: [, text] }) => ({ labels: metric, value: Number(text) }));
    },
    async alerts() {
      return (await getJson(`${url}/api/v1/alerts`, alertsSchema)).data.alerts;
    },
  };
}
