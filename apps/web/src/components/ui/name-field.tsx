'use client';
import { MAX_DISPLAY_NAME } from '@logmaster/core/names';
import type { ComponentProps } from 'react';
import { Field } from '@/components/ui/field.tsx';
import { Input } from '@/components/ui/input.tsx';

interface NameFieldProps extends Pick<ComponentProps<'input'>, 'placeholder' | 'autoFocus'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** The name that a person gives to something; it must have one. */
export function NameField({ label, hint, onChange, ...input }: NameFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <Input
          {...ids}
          {...input}
          required
          maxLength={MAX_DISPLAY_NAME}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
