import { CircleAlert, CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';

interface IdentityCardProps {
  title: string;
  holds: boolean;
  text: string;
  /** Smaller lines below. */
  details?: readonly string[];
}

/** One identity as a sentence with its numbers. */
export function IdentityCard({ title, holds, text, details = [] }: IdentityCardProps) {
  const t = useTranslations('health');
  const Icon = holds ? CircleCheck : CircleAlert;
  return (
    <section
      className={`min-w-0 rounded-xl border p-4 ${holds ? 'bg-surface' : 'border-bad/60 bg-bad-soft'}`}
      data-testid="identity"
      data-holds={holds}
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden className={`size-4 shrink-0 ${holds ? 'text-ok' : 'text-bad'}`} />
        {title}
        <span className="sr-only">{holds ? t('identityHolds') : t('identityFails')}</span>
      </h2>
      <p className="nums mt-1.5 text-[0.8125rem]">{text}</p>
      {!holds && <p className="mt-1 font-medium text-bad text-xs">{t('identityFails')}</p>}
      {details.map((line) => (
        <p key={line} className="nums mt-1 break-words text-muted text-xs">
          {line}
        </p>
      ))}
    </section>
  );
}
