import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale } from 'next-intl/server';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { NonceProvider } from '@/components/nonce.tsx';
import { Providers } from '@/components/providers.tsx';
import { COOKIES, isTheme } from '@/i18n/preferences.ts';

export const metadata: Metadata = { title: { default: 'LogMaster', template: '%s · LogMaster' } };

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f6f8' },
    { media: '(prefers-color-scheme: dark)', color: '#0c1117' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const theme = (await cookies()).get(COOKIES.theme)?.value;
  return (
    <html lang={await getLocale()} data-theme={isTheme(theme) ? theme : 'system'} suppressHydrationWarning>
      <body>
        <NextIntlClientProvider>
          <NuqsAdapter>
            <NonceProvider nonce={nonce}>
              <Providers nonce={nonce}>{children}</Providers>
            </NonceProvider>
          </NuqsAdapter>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
