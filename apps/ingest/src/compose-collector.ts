import { systemClock } from '@logmaster/core/clock';
import { Collector } from '@logmaster/pipeline/collector/collector';
import type { CollectorOptions } from '@logmaster/pipeline/collector/collector-options';
import { journalLimits } from './compose-disk.ts';
import type { Settings } from './settings.ts';
import { transportsOf } from './transports.ts';

type Given = Pick<
  CollectorOptions,
  'events' | 'worker' | 'sockets' | 'accountedTo' | 'countedDrops' | 'countsDrops' | 'onSync'
>;

/** The one place that says what a receiving process is made of. */
export function composeCollector(settings: Settings, given: Given): Collector {
  const { values, layout } = settings;
  const { radius, ...transports } = transportsOf(values);
  return new Collector({
    node: values.LOGMASTER_NODE,
    journalFolder: layout.journal,
    syslogHost: values.LOGMASTER_SYSLOG_HOST,
    syslogPort: values.LOGMASTER_SYSLOG_PORT,
    ...transports,
    // Not every worker is given the port.
    ...(radius === undefined || given.sockets?.radius === undefined ? {} : { radius }),
    ...journalLimits(settings),
    clock: systemClock,
    ...given,
  });
}
