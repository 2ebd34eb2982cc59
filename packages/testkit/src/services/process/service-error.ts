/** A server that did not start, did not stop, or ended. Its message is complete: part, reason, last words, advice. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly service: string;
  readonly reason: string;

  constructor(service: string, reason: string, more: { logs?: string; advice?: string; cause?: unknown } = {}) {
    const lines = [`${service}: ${reason}`];
    const last = more.logs?.trimEnd();
    if (last) lines.push('  Its last log lines:', ...last.split('\n').map((line) => `    ${line}`));
    if (more.advice) lines.push(`  How to go on: ${more.advice}`);
    super(lines.join('\n'), { cause: more.cause });
    this.service = service;
    this.reason = reason;
  }
}
