import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '@logmaster/core/errors';
import { tryLock } from '@logmaster/pipeline/lock';
import type { RequestFiles } from '@logmaster/pipeline/processor/request-files';
import type { SegmentLayout } from '@logmaster/pipeline/segments/layout';

const LOOK_MS = 100;
/** For the processor to take the request; then it is waited for as long as it takes. */
const TAKE_MS = 15_000;

/**
 * Asks the running processor for something that it answers in files. INGEST_UNAVAILABLE when none runs on the data folder.
 * @param onWait called again and again until the answer is there
 */
export async function askProcessor<Request, Answer>(
  layout: SegmentLayout,
  files: RequestFiles<Request, Answer>,
  request: Request,
  onWait: (name: string) => Promise<void> = async () => undefined,
): Promise<Answer> {
  const nobody = () =>
    new AppError('INGEST_UNAVAILABLE', {
      detail: 'this is done by the processor, and none runs on this data folder',
    });
  // The lock of a folder without a processor is free; it is given back at once.
  const free = tryLock(layout.processorLock);
  free?.release();
  if (free !== undefined) throw nobody();
  const name = await files.ask(request);
  const deadline = performance.now() + TAKE_MS;
  for (;;) {
    const answer = await files.takeAnswer(name);
    if (answer !== undefined) return answer;
    if (performance.now() > deadline && (await files.withdraw(name))) throw nobody();
    await onWait(name);
    await wait(LOOK_MS);
  }
}
