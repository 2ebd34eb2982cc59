import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from '@logmaster/testkit/free-ports';
import { expect, test } from 'vitest';
import { parseStartOptions } from './options.ts';
import { checkPorts } from './ports.ts';

async function optionsOnFreePorts() {
  const [web, syslog, metrics, postgres, tls, relp, beats] = await freePorts(7);
  return parseStartOptions(
    [
      `--port ${web} --metrics-port ${metrics} --postgres-port ${postgres} --syslog-host 127.0.0.1`,
      `--syslog-port ${syslog} --syslog-tls-port ${tls} --relp-port ${relp} --beats-port ${beats}`,
    ]
      .join(' ')
      .split(' '),
  );
}

test('free ports pass', async () => {
  await checkPorts(await optionsOnFreePorts());
});

test('every taken port is named together with the option that moves it', async () => {
  const options = await optionsOnFreePorts();
  const web = createServer().listen(options.ports.web, '127.0.0.1');
  const udp = createSocket('udp4').bind(options.ports.syslog, '127.0.0.1');
  await Promise.all([once(web, 'listening'), once(udp, 'listening')]);
  const refusal = checkPorts(options);
  await expect(refusal).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  await expect(refusal).rejects.toThrow(`web port ${options.ports.web} on 127.0.0.1 is used by another program`);
  await expect(refusal).rejects.toThrow('choose another with --port N');
  await expect(refusal).rejects.toThrow(`syslog UDP port ${options.ports.syslog}`);
  await expect(refusal).rejects.toThrow('choose another with --syslog-port N');
  await expect(refusal).rejects.not.toThrow('syslog TCP');
  web.close();
  udp.close();
});
