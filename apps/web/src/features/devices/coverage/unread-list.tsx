'use client';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

export interface Unread {
  readonly text: string;
  readonly count: number;
  /** Id of a record. */
  readonly sample: string;
}

interface UnreadListProps {
  title: string;
  hint: string;
  entries: readonly Unread[];
  /** Records that the list has no room for. */
  other: number;
}

/** What was not read, most frequent first, each with the way to one such record. */
export function UnreadList({ title, hint, entries, other }: UnreadListProps) {
  const t = useTranslations('coverage');
  const { number } = useFormats();
  if (entries.length === 0) return null;
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium">{title}</h3>
      <p className="text-muted text-xs">{hint}</p>
      <ul className="scroll-slim grid max-h-64 overflow-y-auto rounded-lg border text-[0.8125rem]">
        {entries.map(({ text, count, sample }) => (
          <li key={text} className="flex items-baseline gap-3 border-t px-3 py-1.5 first:border-t-0">
            <span className="nums w-16 shrink-0 text-right text-muted">{number(count)}</span>
            <span className="min-w-0 flex-1 break-words font-mono text-xs">
              <VisibleText text={text} />
            </span>
            <Link
              className="shrink-0 text-accent text-xs hover:underline"
              href={`/explorer?${new URLSearchParams({ r: sample })}`}
            >
              {t('sample')}
            </Link>
          </li>
        ))}
      </ul>
      {other > 0 && <p className="nums text-muted text-xs">{t('others', { records: number(other) })}</p>}
    </section>
  );
}
