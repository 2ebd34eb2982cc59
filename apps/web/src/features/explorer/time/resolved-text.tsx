'use client';
import type { ResolvedRange } from '@/features/explorer/time/range.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';
import { formatOffset, zoneOffsetMinutes } from '@/i18n/zone.ts';

/** The range in figures, with the offset that holds at each end. */
export function ResolvedText({ resolved }: { resolved: ResolvedRange }) {
  const zone = useZone();
  const [from, to] = [resolved.from, resolved.to].map((ms) => formatOffset(zoneOffsetMinutes(ms, zone)));
  return (
    <span className="nums" data-testid="resolved-range">
      {formatStamp(resolved.from, zone, false)} {from !== to && from} – {formatStamp(resolved.to, zone, false)} {to}
    </span>
  );
}
