// The `logmaster` command. Commands are loaded when they are called: each costs only what it needs.
import { inspect } from 'node:util';
import { type Command, type Io, printLine } from './command.ts';
import { EXIT, exitCodeOf, explainsItself, UsageError } from './exit.ts';
import { printable } from './printable.ts';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  prepare: async () => (await import('./commands/prepare.ts')).prepare,
  verify: async () => (await import('./commands/verify.ts')).verify,
  parse: async () => (await import('./commands/parse.ts')).parse,
  coverage: async () => (await import('./commands/coverage.ts')).coverage,
  parser: async () => (await import('./commands/parser.ts')).parser,
  reparse: async () => (await import('./commands/reparse.ts')).reparse,
  quarantine: async () => (await import('./commands/quarantine.ts')).quarantine,
  asset: async () => (await import('./commands/asset.ts')).asset,
  token: async () => (await import('./commands/token.ts')).token,
  user: async () => (await import('./commands/user.ts')).user,
  health: async () => (await import('./commands/health.ts')).health,
};

async function showHelp(name: string | undefined, io: Io): Promise<number> {
  const names = name === undefined ? Object.keys(COMMANDS) : [name];
  printLine(io.out, 'LogMaster: firewall logs, searchable within seconds, kept as evidence.\n');
  for (const each of names) {
    const load = Object.hasOwn(COMMANDS, each) ? COMMANDS[each] : undefined;
    if (!load) throw new UsageError(`There is no command ${JSON.stringify(each)}; see logmaster help`);
    const command = await load();
    for (const usage of command.usage) printLine(io.out, `  logmaster ${usage}`);
    if (name !== undefined) printLine(io.out, `\n${command.help.trim()}`);
  }
  if (name === undefined)
    printLine(io.out, '\n  logmaster help COMMAND    what its options mean\n  logmaster --version');
  return EXIT.done;
}

async function dispatch([name, ...args]: string[], io: Io): Promise<number> {
  if (name === '--version' || name === '-v') {
    const { SOFTWARE } = await import('@logmaster/core/version');
    printLine(io.out, SOFTWARE);
    return EXIT.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') return showHelp(args[0], io);
  if (name === undefined) {
    await showHelp(undefined, { ...io, out: io.err });
    return EXIT.wrongUse;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) throw new UsageError(`There is no command ${JSON.stringify(name)}; see logmaster help`);
  if (args.includes('--help') || args.includes('-h')) return showHelp(name, io);
  const command = await load();
  return command.run(args, io);
}

async function main(): Promise<void> {
  const io: Io = { out: process.stdout, err: process.stderr };
  // The reader of a pipe may leave early (`| head`): that ends the command quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
    throw error;
  });
  try {
    process.exitCode = await dispatch(process.argv.slice(2), io);
  } catch (thrown) {
    process.exitCode = exitCodeOf(thrown);
    const text = explainsItself(thrown) ? thrown.message : inspect(thrown);
    printLine(io.err, `logmaster: ${printable(text)}`);
  }
}

await main();
