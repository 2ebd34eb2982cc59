import { readEnvironment } from '@logmaster/core/config/environment';
import { ingestEnvironment } from '@logmaster/core/config/fragments';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DevicesPage } from '@/features/devices/devices-page.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('devices') };
}

const portEnvironment = ingestEnvironment.pick({ LOGMASTER_SYSLOG_PORT: true });

export default function Page() {
  return <DevicesPage syslogPort={readEnvironment(portEnvironment).LOGMASTER_SYSLOG_PORT} />;
}
