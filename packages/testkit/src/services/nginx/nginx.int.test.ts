import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../free-ports.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { ServiceError } from '../process/service-error.ts';
import { createNginx } from './nginx.ts';
import { type NginxStand, NOBODY, openNginxStand } from './nginx-stand.ts';
import { openWebBackend, type WebBackend } from './web-backend.ts';

const PATIENT = { timeout: 60_000, interval: 20 };

let stand: NginxStand;
let first: WebBackend;
beforeAll(async () => {
  stand = await openNginxStand((name) => (_request, response) => void response.end(name));
  [first] = stand.nodes;
});
afterAll(() => stand.close());

test('a POST that broke off is not sent again', async () => {
  const breaking = () =>
    openWebBackend(
      (request, response) => void (request.method === 'POST' ? request.socket.destroy() : response.end('ok')),
    );
  const nodes = await Promise.all([breaking(), breaking()]);
  const [one, two] = nodes;
  const made = await stand.start(
    {},
    nodes.map(({ address }) => address),
  );
  const { ask, close } = stand.client(made);
  const answer = await ask('/api/trpc/devices.approve', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json' },
  });
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([502, 'WEB_UNAVAILABLE']);
  expect((one?.seen.length ?? 0) + (two?.seen.length ?? 0)).toBe(1);
  close();
  await made.stop();
  await Promise.all(nodes.map((node) => node.close()));
});

/** A web node that is a process of its own, to be killed. */

const NODE = `
  const server = require('node:http').createServer((_, response) => response.end('killable'));
  server.listen(Number(process.argv[1]), '127.0.0.1');`;

test('a node is killed while requests come: none fails; it comes back and is asked again', async () => {
  const folder = await stand.keeper.makeFolder('killable');
  const [port = 0] = await freePorts(1);
  const spawn = async () => {
    const child = await stand.keeper.spawn({
      command: process.execPath,
      args: ['-e', NODE, `${port}`],
      cwd: folder,
      logFile: `${folder}/log`,
      // The pinned Node lies where only we may look.
      asRoot: true,
    });
    await expect
      .poll(() =>
        askTcp({ host: '127.0.0.1', port }, '').then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
    return child;
  };
  const killable = await spawn();
  const made = await stand.start({ PAGE_RATE: '100000r/s' }, [{ host: '127.0.0.1', port }, first.address]);
  const { ask, close } = stand.client(made);
  const answers: string[] = [];
  let going = true;
  const load = Array.from({ length: 4 }, async () => {
    while (going) {
      const { status, text } = await ask('/load');
      answers.push(status === 200 ? text : `${status}`);
    }
  });
  await expect.poll(() => answers.filter((text) => text === 'killable').length, PATIENT).toBeGreaterThan(20);
  await killable.signal('SIGKILL');
  await killable.exited;
  const killedAt = answers.length;
  await expect
    .poll(() => answers.slice(killedAt).filter((text) => text === 'first').length, PATIENT)
    .toBeGreaterThan(200);
  const again = await spawn();
  const backAt = answers.length;
  await expect.poll(() => answers.slice(backAt), PATIENT).toContain('killable');
  going = false;
  await Promise.all(load);
  expect(new Set(answers)).toEqual(new Set(['first', 'killable']));
  close();
  await made.stop();
  await again.signal('SIGKILL');
});

test('when no node is left, the answer says so', async () => {
  const made = await stand.start({}, [NOBODY]);
  const { ask, close } = stand.client(made);
  const call = await ask('/api/v1/devices');
  expect([call.status, JSON.parse(call.text).code, call.headers['retry-after']]).toEqual([
    502,
    'WEB_UNAVAILABLE',
    '10',
  ]);
  const page = await ask('/');
  expect(page.text).toMatch(/LogMaster şu anda yanıt vermiyor[\s\S]*LogMaster does not answer/);
  close();
  await made.stop();
});

test('a reload takes the changed nodes and keeps what is open; a faulty one changes nothing', async () => {
  const held = Promise.withResolvers<void>();
  const old = await openWebBackend(async (_request, response) => {
    response.write('one ');
    await held.promise;
    response.end('two');
  });
  const made = await stand.start({}, [old.address]);
  const { open, close } = stand.client(made);
  const stream = await open('/api/trpc/live.tail');
  expect(await once(stream, 'data')).toEqual(['one ']);
  await expect(made.reload({ API_RATE: 'fast' })).rejects.toThrow(
    /nginx-\d+: nginx ended with code 1\n[\s\S]*invalid rate "rate=fast"/,
  );
  await expect(made.reload({ NO_SUCH: 'x' })).rejects.toThrow(/there is no variable NO_SUCH/);
  await made.reload({ WEB_NODES: `${first.address.host}:${first.address.port}` });
  const { ask, close: closeNew } = stand.client(made);
  expect((await ask('/')).text).toBe('first');
  held.resolve();
  expect(await once(stream, 'data')).toEqual(['two']);
  close();
  closeNew();
  await made.stop();
  await old.close();
});

test('it hangs and goes on, is killed and comes back', async () => {
  const made = await stand.start({}, [first.address]);
  await made.hang();
  const waiting = made.ready();
  await made.resume();
  await waiting;
  await made.kill();
  await expect(made.ready()).rejects.toThrow(/does not run/);
  await expect(askTcp(made.address, '')).rejects.toThrow(/ECONNREFUSED/);
  await made.start();
  const { ask, close } = stand.client(made);
  expect((await ask('/')).status).toBe(200);
  close();
  await made.stop();
});

test('a taken port and a faulty configuration are told before it starts', async () => {
  const [http = 0, syslog = 0] = await freePorts(2);
  const taken = await createNginx(stand.keeper, {
    certificate: stand.certificate,
    webNodes: [first.address],
    syslogNodes: [NOBODY],
    ports: { https: first.address.port, http, syslog },
    name: 'taken',
  });
  const fault = await taken.start().catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ServiceError);
  expect(String(fault)).toMatch(/taken: port \d+ on 127\.0\.0\.1 is used by another program/);

  const broken = await stand.create({ TLS_CERTIFICATE: '/nowhere.pem' });
  await expect(broken.start()).rejects.toThrow(/cannot load certificate "\/nowhere\.pem"/);
  expect(broken.running()).toBe(false);
  await expect((await stand.create({ SERVER_NAMES: 'a; return 200' })).start()).rejects.toThrow(
    /SERVER_NAMES has a character that is not allowed/,
  );
  await expect((await stand.create({ SYSLOG_TRANSPARENT: 'yes' })).start()).rejects.toThrow(
    /SYSLOG_TRANSPARENT must be on or off/,
  );
  await expect((await stand.create({ WEB_NODES: '' })).start()).rejects.toThrow(/no servers are inside upstream/);
});
