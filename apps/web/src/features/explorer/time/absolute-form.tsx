'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';
import type { ResolvedRange, TimeRange } from '@/features/explorer/time/range.ts';
import { parseTypedRange } from '@/features/explorer/time/typed.ts';
import { formatStamp } from '@/i18n/format.ts';
import { useZone } from '@/i18n/use-formats.ts';

/** From and to, to the second, in the zone of the person. */
export function AbsoluteForm({
  resolved,
  onChange,
}: {
  resolved: ResolvedRange;
  onChange: (range: TimeRange) => void;
}) {
  const t = useTranslations('time');
  const zone = useZone();
  const [from, setFrom] = useState(formatStamp(resolved.from, zone, false));
  const [to, setTo] = useState(formatStamp(resolved.to, zone, false));
  const [failed, setFailed] = useState(false);
  function submit(event: FormEvent) {
    event.preventDefault();
    const range = parseTypedRange(`${from} – ${to}`, Date.now(), zone);
    if (range?.kind === 'absolute') onChange(range);
    else setFailed(true);
  }
  const boxes = [
    ['from', from, setFrom],
    ['to', to, setTo],
  ] as const;
  return (
    <form onSubmit={submit} className="grid gap-2">
      <div className="grid gap-2 min-[440px]:grid-cols-2 sm:grid-cols-1 md:grid-cols-2">
        {boxes.map(([name, value, set]) => (
          <Field key={name} label={t(name)}>
            {(ids) => (
              <Input
                {...ids}
                value={value}
                spellCheck={false}
                className="nums h-8 px-2 text-[0.8125rem] tracking-tight"
                aria-invalid={failed}
                onChange={(event) => {
                  set(event.target.value);
                  setFailed(false);
                }}
              />
            )}
          </Field>
        ))}
      </div>
      {failed && (
        <p role="alert" className="text-bad text-xs">
          {t('absoluteWrong')}
        </p>
      )}
      <Button type="submit" className="justify-self-end">
        {t('applyAbsolute')}
      </Button>
    </form>
  );
}
