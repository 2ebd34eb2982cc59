'use client';
import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/components/cn.ts';
import { type CheckResult, resultsByCheck } from '@/features/evidence/checks.ts';
import type { Verification } from '@/features/evidence/types.ts';
import { useFormats } from '@/i18n/use-formats.ts';

const LOOK = {
  holds: { icon: CircleCheck, colour: 'text-ok' },
  notice: { icon: Info, colour: 'text-note' },
  fails: { icon: CircleAlert, colour: 'text-bad' },
} as const;

/** The answer first, then each check with its findings. */
export function VerifyResult({ report }: { report: Verification }) {
  const t = useTranslations('evidence');
  const { number, bytes } = useFormats();
  const { checked } = report;
  return (
    <div data-testid="verify-result" data-holds={report.holds} className="grid gap-2 text-xs">
      <p
        className={cn(
          'flex items-center gap-2 rounded-md px-2.5 py-2 font-medium',
          report.holds ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad',
        )}
      >
        {report.holds ? <CircleCheck aria-hidden className="size-4" /> : <CircleAlert aria-hidden className="size-4" />}
        {report.holds ? t('holds') : t('fails')}
      </p>
      <ul className="grid gap-1">
        {resultsByCheck(report).map((result) => (
          <CheckLine key={result.name} result={result} />
        ))}
      </ul>
      <p className="nums text-muted">
        {t('checkedWhat', {
          segments: checked.segments,
          records: number(checked.records),
          bytes: bytes(checked.bytes),
          tokens: checked.tokens,
        })}
      </p>
    </div>
  );
}

/** What kind of finding it is in the reader's language; what exactly is wrong stays in the verifier's own words. */
function FindingText({ finding }: { finding: Verification['findings'][number] }) {
  const t = useTranslations('findings');
  if (!t.has(finding.kind)) return finding.message;
  return finding.severity === 'notice' ? t(finding.kind) : `${t(finding.kind)} (${finding.message})`;
}

function CheckLine({ result }: { result: CheckResult }) {
  const t = useTranslations('evidence');
  const { icon: Icon, colour } = LOOK[result.outcome];
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2">
      <Icon aria-hidden className={cn('mt-0.5 size-4', colour)} />
      <span>
        {t(`checks.${result.name}`)}{' '}
        <span className={cn('font-medium', colour)}>{t(`outcomes.${result.outcome}`)}</span>
      </span>
      {result.findings.map((finding) => (
        <span key={`${finding.kind} ${finding.path} ${finding.message}`} className="col-start-2 break-words text-muted">
          {finding.path !== '.' && <code className="mr-1 font-mono">{finding.path}:</code>}
          <FindingText finding={finding} />
        </span>
      ))}
    </li>
  );
}
