import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { LOOPBACK, type Service } from '../process/service.ts';
import { rsyslogd } from './rsyslogd.ts';

/**
 * The real rsyslog as a relay: takes lines over TCP at its address (`imptcp`) and hands each, as it came, to `action`,
 * the body of an RainerScript action, such as `type="omrelp" target="127.0.0.1" port="2514"`. `global` goes into its
 * global() statement. Its queue is in memory and tries again for ever.
 */
export async function createRsyslogRelay(
  keeper: Keeper,
  options: { readonly name: string; readonly action: string; readonly global?: string },
): Promise<Service> {
  const { name, action, global = '' } = options;
  const [port = 0] = await freePorts(1);
  const folder = await keeper.makeFolder(name);
  const lines = [
    `global(workDirectory="${folder}" maxMessageSize="64k" ${global})`,
    'module(load="imptcp")',
    'module(load="omrelp")',
    'template(name="as-it-came" type="string" string="%rawmsg%")',
    `input(type="imptcp" address="${LOOPBACK}" port="${port}" ruleset="relay")`,
    'ruleset(name="relay" queue.type="LinkedList" queue.size="1000000") {',
    `  action(${action} template="as-it-came" action.resumeRetryCount="-1" action.resumeInterval="1")`,
    '}',
  ];
  const address = { host: LOOPBACK, port };
  // It listens once its configuration is whole; there is nothing it would answer.
  const probe = async () => void (await askTcp(address, ''));
  return rsyslogd(keeper, { name, folder, config: `${lines.join('\n')}\n`, address, listens: true, probe });
}
