import { AppError } from '@logmaster/core/errors';
import type { FlatEvent } from '@logmaster/core/event/event';
import { parseRecordId } from '@logmaster/core/record';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import { scopeOf } from '../../scope-of.ts';
import type { SessionUser } from '../../session-user.ts';

type Deps = Pick<Dependencies, 'store'> & Cancellable;

/** One record by its id. NOT_FOUND when there is none, also when it is hidden from the user or no id at all. */
export async function findRecord({ store, signal }: Deps, user: SessionUser, id: string): Promise<FlatEvent> {
  const event = parseRecordId(id) ? await store.get(id, scopeOf(user), { signal }) : null;
  if (event) return event;
  throw new AppError('NOT_FOUND', { detail: 'no record has that id' });
}
