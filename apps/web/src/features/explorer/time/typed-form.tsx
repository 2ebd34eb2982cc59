'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import { type ResolvedRange, resolveRange, type TimeRange } from '@/features/explorer/time/range.ts';
import { ResolvedText } from '@/features/explorer/time/resolved-text.tsx';
import { parseTypedRange } from '@/features/explorer/time/typed.ts';
import { useZone } from '@/i18n/use-formats.ts';

/** "last 2 hours", "dün", "23.11.2026 10:00 - 11:00": what it means is shown while typing. */
export function TypedForm({ onChange }: { onChange: (range: TimeRange) => void }) {
  const t = useTranslations('time');
  const zone = useZone();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const now = Date.now();
  const range = text ? parseTypedRange(text, now, zone) : null;
  const meaning: ResolvedRange | null = range && resolveRange(range, now, zone);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (range) onChange(range);
    else setFailed(true);
  }
  return (
    <form onSubmit={submit} className="grid gap-1.5">
      <Field
        label={t('typed')}
        error={failed && !range ? t('typedWrong') : undefined}
        hint={range ? undefined : t('typedHint')}
      >
        {(ids) => (
          <span className="flex gap-1.5">
            <Input
              {...ids}
              autoFocus
              value={text}
              placeholder={t('typedPlaceholder')}
              onChange={(event) => {
                setText(event.target.value);
                setFailed(false);
              }}
            />
            <Button type="submit" size="md" disabled={!text}>
              {t('apply')}
            </Button>
          </span>
        )}
      </Field>
      {meaning && (
        <p role="status" className="text-ok text-xs">
          <ResolvedText resolved={meaning} />
        </p>
      )}
    </form>
  );
}
