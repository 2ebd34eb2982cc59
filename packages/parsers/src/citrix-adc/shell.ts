import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import type { VendorInput } from '../vendor.ts';

/** `bash[4312]: root on /dev/pts/0 shell_command="show ns ip"`: commands in the shell of the appliance. */
const COMMAND = /(?:^|[ :])([\w.@-]{1,64}) on (\(null\)|\/dev\/[\w/]{1,32}) shell_command="/;
/** With header and program. */
const REACH = 320;

function commandOf({ text }: VendorInput): RegExpExecArray | null {
  const head = text.slice(0, REACH);
  return head.includes(' shell_command="') ? COMMAND.exec(head) : null;
}

export function isShellCommand(input: VendorInput): boolean {
  return commandOf(input) !== null;
}

export function readShellCommand(input: VendorInput, draft: EventDraft): void {
  const m = commandOf(input);
  if (!m) return;
  const [all, user, terminal = ''] = m;
  const command = input.text.slice(m.index + all.length).trimEnd();
  setKind(draft, 'configuration', 'info', 'command');
  draft.text('user.name', user);
  if (terminal !== '(null)') draft.label('terminal', terminal);
  draft.label('command', command.endsWith('"') ? command.slice(0, -1) : command);
}
