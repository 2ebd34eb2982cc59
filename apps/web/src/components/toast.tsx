'use client';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { Button } from '@/components/ui/button.tsx';

interface ToastMessage {
  text: string;
  tone?: 'ok' | 'bad';
  /** Shown as a button, usually "Undo". */
  action?: { label: string; run: () => void };
}

/** Ordinary messages go after this; ones with an action stay longer, so that a keyboard can reach it. */
const SHOWN_MS = 5_000;
const SHOWN_WITH_ACTION_MS = 15_000;

const ToastContext = createContext<(toast: ToastMessage) => void>(() => undefined);

export function useToast() {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations('common');
  const [toasts, setToasts] = useState<readonly (ToastMessage & { id: number })[]>([]);
  const next = useRef(0);
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const show = useCallback(
    (toast: ToastMessage) => {
      const id = next.current++;
      setToasts((all) => [...all.slice(-2), { ...toast, id }]);
      setTimeout(() => remove(id), toast.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
    },
    [remove],
  );
  return (
    <ToastContext value={show}>
      {children}
      <section
        aria-live="polite"
        aria-label={t('messages')}
        className="pointer-events-none fixed inset-x-0 bottom-10 z-60 grid justify-items-center gap-2 px-4"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            data-testid="toast"
            className="pointer-events-auto flex max-w-full items-center gap-2.5 rounded-lg border bg-raised py-2 pr-2 pl-3 text-[0.8125rem] shadow-lg"
          >
            {toast.tone === 'bad' ? (
              <CircleAlert className="size-4 shrink-0 text-bad" />
            ) : (
              <CircleCheck className="size-4 shrink-0 text-ok" />
            )}
            <span className="min-w-0">{toast.text}</span>
            {toast.action && (
              <Button
                size="xs"
                onClick={() => {
                  toast.action?.run();
                  remove(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <Button variant="ghost" size="icon-xs" aria-label={t('close')} onClick={() => remove(toast.id)}>
              <X />
            </Button>
          </div>
        ))}
      </section>
    </ToastContext>
  );
}
