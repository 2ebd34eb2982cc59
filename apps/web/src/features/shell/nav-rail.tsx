'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { Logo } from '@/components/logo.tsx';
import { usePendingCount } from '@/features/devices/use-devices.ts';
import { PAGES } from '@/features/shell/pages.ts';
import { UserMenu } from '@/features/shell/user-menu.tsx';
import { useFormats } from '@/i18n/use-formats.ts';

const LINK =
  'relative flex h-full min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg px-1 text-2xs font-medium text-muted transition-colors hover:bg-hover hover:text-ink md:h-14 md:w-16 md:flex-none';

export function NavRail() {
  const t = useTranslations('nav');
  const path = usePathname();
  const pending = usePendingCount();
  const { compact } = useFormats();
  return (
    <nav
      aria-label={t('label')}
      className="z-20 flex h-14 shrink-0 items-stretch gap-0.5 border-t bg-surface p-1 md:h-auto md:w-[72px] md:flex-col md:items-center md:border-t-0 md:border-r"
    >
      <Link href="/explorer" aria-label="LogMaster" className="hidden rounded-lg p-2 md:mb-2 md:block">
        <Logo className="size-8" />
      </Link>
      {PAGES.map(({ name, path: href, icon: Icon }) => {
        const active = path.startsWith(href);
        const waiting = name === 'devices' ? pending : 0;
        return (
          <Link
            key={name}
            href={href}
            aria-current={active ? 'page' : undefined}
            className={cn(LINK, active && 'bg-accent-soft text-accent hover:bg-accent-soft hover:text-accent')}
          >
            <Icon aria-hidden className="size-5" strokeWidth={1.75} />
            <span className="max-w-full truncate">{t(name)}</span>
            {waiting > 0 && (
              <span
                data-testid="pending-badge"
                className="nums absolute top-1 right-2 grid h-4 min-w-4 place-items-center rounded-full bg-warn px-1 font-semibold text-[0.625rem] text-surface leading-none"
              >
                {compact(waiting)}
                <span className="sr-only"> {t('pendingDevices')}</span>
              </span>
            )}
          </Link>
        );
      })}
      <div className="grid flex-1 place-items-center md:mt-auto md:flex-none md:pb-1">
        <UserMenu />
      </div>
    </nav>
  );
}
