// `npm run cluster -- COMMAND`: see options.ts for what each does.
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from '../processes.ts';
import { CATALOGUE } from '../setup/catalogue.ts';
import { installComponents } from '../setup/install.ts';
import { askControl, type ClusterAnswer, clusterAnswerSchema, controlSocket, supervisorLog } from './control.ts';
import { type ClusterCall, HELP, isFault, parseCall, WrongUse } from './options.ts';
import { ClusterFailed, launchSupervisor } from './supervisor.ts';

const EXIT = { done: 0, notWell: 1, wrongUse: 2, unreachable: 3 } as const;
/** What the parts of a cluster need of this machine. */
const NEEDED = ['openssl', 'postgresql', 'redis', 'elasticsearch', 'openldap', 'nginx'];
const POLL_MS = 50;

const say = (text: string) => process.stderr.write(`${text}\n`);
const print = (text: string) => process.stdout.write(`${text}\n`);

async function answerOf({ options }: ClusterCall): Promise<ClusterAnswer | undefined> {
  const answer = await askControl(controlSocket(options.portBase), 'GET', '/status');
  return answer && clusterAnswerSchema.parse(JSON.parse(answer.body));
}

function table({ url, parts }: ClusterAnswer): string {
  const width = Math.max(...parts.map(({ name }) => name.length));
  const rows = parts.map(
    ({ name, state, address, reason }) =>
      `${name.padEnd(width)}  ${state.padEnd(4)}  ${address}${reason === undefined ? '' : `  ${reason}`}`,
  );
  return [...rows, '', `LogMaster is at ${url}`].join('\n');
}

function verdict(answer: ClusterAnswer): number {
  return answer.parts.every(({ state }) => state === 'ok') ? EXIT.done : EXIT.notWell;
}

async function revive(call: ClusterCall): Promise<number> {
  const answer = await askControl(controlSocket(call.options.portBase), 'POST', '/revive');
  if (answer?.status !== 200) {
    say(answer?.body ?? 'the cluster went away');
    return EXIT.unreachable;
  }
  const names = JSON.parse(answer.body) as string[];
  say(names.length === 0 ? 'The cluster is up already.' : `Started again: ${names.join(', ')}`);
  return status(call);
}

async function up(call: ClusterCall, args: readonly string[]): Promise<number> {
  if (await answerOf(call)) return revive(call);
  const wanted = CATALOGUE.filter(({ name }) => NEEDED.includes(name));
  const missing = (await installComponents(wanted, say)).filter(({ state }) => state === 'missing');
  if (missing.length > 0) return EXIT.unreachable;
  say('Starting the cluster (about a minute) …');
  const { url, password, caFile } = await launchSupervisor(args, supervisorLog(call.options.portBase), say);
  say('');
  print(`  Web          ${url}`);
  print(`  Certificate  issued by ${caFile}`);
  print('  Sign in as   admin');
  print(`  Password     ${password}`);
  print('  It works once and must be changed then. It is shown only now.');
  print('');
  print(`LogMaster is ready at ${url}`);
  return EXIT.done;
}

async function status(call: ClusterCall): Promise<number> {
  const answer = await answerOf(call);
  if (answer === undefined) return noCluster(call);
  print(call.json ? JSON.stringify(answer) : table(answer));
  return verdict(answer);
}

async function down(call: ClusterCall): Promise<number> {
  const answer = await answerOf(call);
  if (answer === undefined) {
    say('There is no cluster.');
    return EXIT.done;
  }
  say('Stopping the cluster …');
  await askControl(controlSocket(call.options.portBase), 'POST', '/down');
  while (isRunning(answer.pid)) await delay(POLL_MS);
  say('The cluster is gone, with its data.');
  return EXIT.done;
}

async function askPart(call: ClusterCall, method: 'GET' | 'POST'): Promise<number> {
  const query = new URLSearchParams({ part: call.part ?? '' });
  const answer = await askControl(controlSocket(call.options.portBase), method, `/${call.command}?${query}`);
  if (answer === undefined) return noCluster(call);
  if (answer.status === 404) throw new WrongUse(`There is no part ${JSON.stringify(call.part)}; status lists them`);
  if (answer.status !== 200) throw new Error(answer.body);
  if (answer.body !== '') print(answer.body);
  return EXIT.done;
}

async function url(call: ClusterCall): Promise<number> {
  const answer = await answerOf(call);
  if (answer === undefined) return noCluster(call);
  print(answer.url);
  return EXIT.done;
}

/** For a shell's eval: single quotes, so that nothing in a value is carried out. */
function exportLine([name, value]: readonly [string, string]): string {
  return `export ${name}='${value.replaceAll("'", "'\\''")}'`;
}

async function environment(call: ClusterCall): Promise<number> {
  const answer = await askControl(controlSocket(call.options.portBase), 'GET', '/env');
  if (answer === undefined) return noCluster(call);
  const variables = Object.entries(JSON.parse(answer.body) as Record<string, string>);
  print(variables.map(exportLine).join('\n'));
  return EXIT.done;
}

function noCluster({ options }: ClusterCall): number {
  const base = options.portBase === 0 ? '' : ` --port-base ${options.portBase}`;
  say(`There is no cluster. Start one: npm run cluster -- up${base}`);
  return EXIT.unreachable;
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const call = parseCall(args);
  if (call === undefined) {
    print(HELP);
    return EXIT.done;
  }
  if (isFault(call.command)) return askPart(call, 'POST');
  if (call.command === 'logs') return askPart(call, 'GET');
  if (call.command === 'test') throw new WrongUse('test is run by npm run cluster -- test');
  const commands = { up: () => up(call, args), status, down, url, env: environment };
  return commands[call.command](call);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof WrongUse) process.exitCode = EXIT.wrongUse;
  else if (error instanceof ClusterFailed) process.exitCode = EXIT.unreachable;
  else throw error;
  say(error.message);
}
