'use client';
import { Label } from 'radix-ui';
import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  /** One sentence under the control. */
  hint?: string | undefined;
  error?: string | undefined;
  children: (ids: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-1.5">
      <Label.Root htmlFor={id} className="font-medium text-[0.8125rem]">
        {label}
      </Label.Root>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error !== undefined })}
      {note && (
        <p
          id={`${id}-note`}
          role={error ? 'alert' : undefined}
          className={error ? 'text-bad text-xs' : 'text-muted text-xs'}
        >
          {note}
        </p>
      )}
    </div>
  );
}
