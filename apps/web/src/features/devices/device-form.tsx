'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNote } from '@/components/error-note.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Dialog } from '@/components/ui/dialog.tsx';
import { NameField } from '@/components/ui/name-field.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';

interface DeviceFormProps {
  readonly title: string;
  readonly description?: string | undefined;
  /** Before it is changed. */
  readonly name: string;
  readonly nameHint?: string;
  readonly confirm: string;
  readonly confirmId?: string;
  /** Of what `save` calls; it stays open then. */
  readonly error: object | null;
  readonly save: (name: string) => Promise<void>;
  readonly onClose: () => void;
  /** Fields behind the name. */
  readonly children: ReactNode;
}

/** A dialog about one device: its name and other fields, what went wrong, and the buttons. */
export function DeviceForm(props: DeviceFormProps) {
  const t = useTranslations('devices');
  const [name, setName] = useState(props.name);
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      await props.save(name);
      props.onClose();
    } catch {
      setBusy(false); // shown below, from the state of the mutations
    }
  }
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={props.title}
      {...(props.description === undefined ? {} : { description: props.description })}
    >
      <form onSubmit={(event) => void submit(event)} className="grid gap-4">
        <NameField label={t('name')} hint={props.nameHint} value={name} onChange={setName} autoFocus />
        {props.children}
        {props.error && <ErrorNote error={props.error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={props.onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" data-testid={props.confirmId} disabled={busy}>
            {busy && <Spinner className="text-accent-ink" />}
            {props.confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
