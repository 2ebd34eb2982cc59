import { createAsa } from './asa.ts';
import type { DeviceModel } from './contracts.ts';
import { createFortigate } from './fortigate.ts';
import { createIosRouter } from './ios.ts';
import { createMikrotik } from './mikrotik.ts';
import { hosts } from './network.ts';
import { createRandom } from './random.ts';

/**
 * The company of the sample: head office in Istanbul behind a FortiGate pair, Ankara behind an ASA, a hotel-like branch
 * in Izmir behind a MikroTik, and the core router between them. Each device draws from a generator of its own, so what
 * one sends does not depend on when the others are asked.
 */
export function createFleet(seed: number): readonly DeviceModel[] {
  const random = createRandom(seed);
  const istanbul = {
    hosts: hosts(random.fork('istanbul'), '10.10.20', 'IST', 240),
    natAddress: '198.51.100.10',
    wanAddress: '198.51.100.9',
    wanAddress6: '2001:db8:10::9',
  };
  return [
    createFortigate(
      istanbul,
      { hostname: 'FGT-IST-A', serial: 'FG100FTK20014321', address: '127.0.10.1', share: 38, natPorts: [5117, 32_767] },
      random.fork('fgt-a'),
    ),
    createFortigate(
      istanbul,
      {
        hostname: 'FGT-IST-B',
        serial: 'FG100FTK20014322',
        address: '127.0.10.2',
        share: 17,
        natPorts: [32_768, 60_416],
      },
      random.fork('fgt-b'),
    ),
    createAsa(
      {
        hostname: 'ANK-ASA-01',
        address: '127.0.20.1',
        share: 24,
        hosts: hosts(random.fork('ankara'), '10.20.10', 'ANK', 120),
        natAddress: '198.51.100.20',
        outsideAddress: '198.51.100.19',
      },
      random.fork('asa'),
    ),
    createMikrotik(
      {
        hostname: 'IZM-MT-01',
        address: '127.0.30.1',
        share: 16,
        natAddress: '198.51.100.30',
        outsideAddress: '198.51.100.29',
      },
      random.fork('mikrotik'),
    ),
    createIosRouter(
      { hostname: 'IST-CORE-01', address: '127.0.40.1', share: 5, outsideAddress: '198.51.100.1' },
      random.fork('ios'),
    ),
  ];
}
