import { SUPERUSER } from '../postgres/postgres-config.ts';
import type { PostgresNode } from '../postgres/postgres-node.ts';
import { LOOPBACK } from '../process/service.ts';
import { PCP_USER } from './pgpool-config.ts';

/** For `failover_command`: number of the failed node and of the old primary, data folders of the failed and the next. */
export const FAILOVER_ARGUMENTS = '%d %P "%D" "%R"';
/** For `follow_primary_command`: number and data folder of the node, host and port of the new primary. */
export const FOLLOW_ARGUMENTS = '%d "%D" %H %r';

/**
 * Replaces a primary. First the old one is ended, whatever it does: one that only hangs would hold its clients, and
 * take writes when it wakes. Its backends are found by the folder they work in, as they may outlive their postmaster.
 */
export function failoverScript(programs: string): string {
  return `#!/bin/sh
failed=$1 old_primary=$2 failed_data=$3 next_data=$4
echo "failover: node $failed is gone, the primary was $old_primary"
[ "$failed" = "$old_primary" ] || exit 0
if [ -z "$next_data" ]; then echo 'failover: nobody is left'; exit 0; fi
while found=$(find /proc -maxdepth 2 -path '/proc/[0-9]*/cwd' -lname "$failed_data" 2>/dev/null); [ -n "$found" ]; do
  for link in $found; do pid=\${link#/proc/}; kill -9 "\${pid%/cwd}" 2>/dev/null; done
done
exec '${programs}/pg_ctl' -D "$next_data" -w promote
`;
}

/**
 * Lets a replica that is left follow the new primary, and brings it back into the pool. pgpool calls it for the old
 * primary as well, which is not running: that one is first to be rewound.
 */
export function followScript(programs: string, nodes: readonly PostgresNode[], pcpPort: number): string {
  const cases = nodes.map(
    ({ slot, replicationFile, address }, index) =>
      `${index}) slot=${slot} file='${replicationFile}' own_port=${address.port};;`,
  );
  return `#!/bin/sh
node=$1 data=$2 host=$3 port=$4
case $node in
${cases.join('\n')}
esac
ask() { '${programs}/psql' -XqAt -h "$1" -p "$2" -U ${SUPERUSER} -d postgres -c "$3"; }
'${programs}/pg_ctl' -D "$data" status >/dev/null || exit 0
echo "follow: node $node follows port $port"
ask "$host" "$port" "SELECT pg_create_physical_replication_slot('$slot', true)
  WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '$slot')" >/dev/null || exit 1
sed -i -E "s/host=[^ ]+ port=[0-9]+/host=$host port=$port/" "$file"
'${programs}/pg_ctl' -D "$data" reload
tries=0
until [ "$(ask "$host" "$own_port" 'SELECT sender_port FROM pg_stat_wal_receiver WHERE status = $$streaming$$')" = "$port" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 200 ]; then echo "follow: node $node does not stream"; exit 1; fi
  sleep 0.1
done
exec pcp_attach_node -h ${LOOPBACK} -p ${pcpPort} -U ${PCP_USER} -w -n "$node"
`;
}
