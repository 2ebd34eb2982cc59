import type { FlatEvent } from '@logmaster/core/event/event';

/** Seeded firewall events for benchmarks: three devices, skewed addresses, a few rare words. Same seed, same events. */
export const DAY_START = Date.UTC(2026, 10, 22) * 1000;
const DAY = 86_400_000_000;
const USERS = ['ayşe.yılmaz', 'mehmet.demir', 'IŞIL.KILIÇ', 'ali.öztürk', 'fatma.şahin', 'can.aydın'];
const SERVICES = [
  { port: 443, name: 'HTTPS' },
  { port: 53, name: 'DNS' },
  { port: 80, name: 'HTTP' },
  { port: 3389, name: 'RDP' },
  { port: 22, name: 'SSH' },
] as const;

/** Lehmer generator (MINSTD), enough for traffic that only has to look uneven. */
function randomizer(seed: number): (below: number) => number {
  let state = seed % 2_147_483_647 || 1;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

export function* makeTraffic(count: number, seed: number): Generator<FlatEvent> {
  const random = randomizer(seed);
  const low = (below: number) => Math.min(random(below), random(below));
  for (let index = 0; index < count; index++) {
    const at = DAY_START + Math.floor((index * DAY) / count);
    const source = `10.${low(4)}.${low(32)}.${low(250) + 1}`;
    const destination = `${low(200) + 20}.${random(250)}.${low(250)}.${random(250)}`;
    const service = SERVICES[low(SERVICES.length)] as (typeof SERVICES)[number];
    const denied = random(12) === 0;
    const action = denied ? 'deny' : 'close';
    const sent = low(100_000);
    const received = low(1_000_000);
    const session = String(random(2_000_000_000));
    const port = 1024 + random(60_000);
    const user = USERS[low(USERS.length)] as string;
    // one record in the whole day names this
    const rare = index === Math.floor(count / 3) ? ' msg="CVE-2026-31337 exploit attempt"' : '';
    const message = `date=2026-11-22 time=10:11:12 devname="FGT-IST-01" devid="FG100FTK20012345" logid="0000000013" type="traffic" subtype="forward" level="notice" vd="root" eventtime=${at}000 tz="+0300" srcip=${source} srcport=${port} srcintf="lan" srcintfrole="lan" dstip=${destination} dstport=${service.port} dstintf="wan1" dstintfrole="wan" sessionid=${session} proto=6 action="${action}" policyid=${low(60)} policytype="policy" service="${service.name}" duration=${low(600)} sentbyte=${sent} rcvdbyte=${received} user="${user}"${rare}`;
    yield {
      '@timestamp': at - random(2_000_000),
      'event.start': at - 3_000_000,
      'event.duration': low(600) * 1_000_000_000,
      message,
      'event.original': `<189>${message}`,
      'event.kind': 'event',
      'event.category': 'network',
      'event.type': denied ? 'denied' : 'end',
      'event.action': action,
      'event.dataset': 'fortinet.firewall',
      'log.level': 'notice',
      'source.ip': source,
      'source.port': port,
      'source.bytes': sent,
      'destination.ip': destination,
      'destination.port': service.port,
      'destination.bytes': received,
      'network.transport': 'tcp',
      'network.protocol': service.name.toLowerCase(),
      'network.bytes': sent + received,
      'user.name': user,
      'rule.id': String(low(60)),
      'observer.vendor': 'fortinet',
      'observer.name': 'FGT-IST-01',
      'log.syslog.priority': 189,
      'log.source.address': `127.0.0.${2 + low(3)}`,
      'logmaster.record.id': `bench.0.1.${index}`,
      'logmaster.received_at': at,
      'logmaster.transport': 'udp',
      'logmaster.flags': '',
      'logmaster.site.id': (['istanbul', 'ankara', 'izmir'] as const)[low(3)] as string,
      'logmaster.device.id': `d${low(3)}`,
      'logmaster.session.id': session,
      'logmaster.parser': 'fortigate',
      'logmaster.parse.status': 'ok',
      labels: { 'fortinet.vd': 'root', 'fortinet.policytype': 'policy' },
    };
  }
}
