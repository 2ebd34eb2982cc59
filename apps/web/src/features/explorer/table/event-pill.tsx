import { eventColour } from '@/features/explorer/fields.ts';

/** Type in colour with the vendor's own word behind it. The word is always there: colour alone says nothing. */
export function EventPill({ type, action }: { type: string | undefined; action: string | undefined }) {
  if (!type && !action) return null;
  const colour = eventColour(type ?? '');
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {type && (
        <span
          className="inline-flex h-5 shrink-0 items-center gap-1.5 rounded px-1.5 font-medium text-ink text-xs"
          style={{ backgroundColor: `color-mix(in srgb, ${colour} 20%, transparent)` }}
        >
          <span aria-hidden className="size-1.5 rounded-full" style={{ backgroundColor: colour }} />
          {type}
        </span>
      )}
      {action && action !== type && <span className="truncate text-muted text-xs">{action}</span>}
    </span>
  );
}
