import { CustomParsers } from '@logmaster/parsers/custom/custom-parsers';
import type { Events } from '@logmaster/telemetry/events';

/** Custom parsers of one process, whose faults are told as events. */
export function openCustomParsers(events: Events): CustomParsers {
  return new CustomParsers({
    onSuspended: (parser) => events.emit('custom_parser_suspended', { parser }),
    onFailed: (parser, error) => events.emit('custom_parser_failed', { parser, err: error }),
    onUnusable: (parser, faults) =>
      events.emit('custom_parser_unusable', {
        parser,
        reason: faults.map(({ path, reason }) => `${path}: ${reason}`).join('; '),
      }),
  });
}
