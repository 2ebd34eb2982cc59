import { useTranslations } from 'next-intl';
import { ErrorPage } from '@/features/errors/error-page.tsx';

export default function NotFound() {
  const t = useTranslations('errors');
  return <ErrorPage code="404" title={t('notFoundTitle')} text={t('notFoundText')} />;
}
