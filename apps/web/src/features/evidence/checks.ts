import type { Verification } from './types.ts';

/** What a verification looks at, in the order a person asks, and the kinds of findings that speak against each. */
export const CHECKS = [
  { name: 'files', kinds: /^(altered|missing-file|missing|unexpected|unreadable|bad-manifest|malformed|truncated)/ },
  { name: 'records', kinds: /^(count-mismatch|merkle|records?|period)/ },
  { name: 'chain', kinds: /^(gap|chain|duplicate|order|previous|fork)/ },
  { name: 'signature', kinds: /^(bad-signature|signature|signer|certificate)/ },
  { name: 'stamp', kinds: /^(bad-token|token|unstamped|stamp|tsa|local|anchor)/ },
] as const;

export type CheckName = (typeof CHECKS)[number]['name'] | 'other';
export type Outcome = 'holds' | 'notice' | 'fails';

export interface CheckResult {
  readonly name: CheckName;
  readonly outcome: Outcome;
  readonly findings: Verification['findings'];
}

/** The report by check. Findings of a kind that no check knows are never dropped: they make a check of their own. */
export function resultsByCheck(report: Pick<Verification, 'findings'>): CheckResult[] {
  const rest = new Set(report.findings);
  const results = CHECKS.map(({ name, kinds }) => {
    const findings = report.findings.filter(({ kind }) => kinds.test(kind));
    for (const finding of findings) rest.delete(finding);
    return { name, outcome: outcomeOf(findings), findings };
  });
  return rest.size === 0
    ? results
    : [...results, { name: 'other', outcome: outcomeOf([...rest]), findings: [...rest] }];
}

function outcomeOf(findings: Verification['findings']): Outcome {
  if (findings.some(({ severity }) => severity === 'failure')) return 'fails';
  return findings.length > 0 ? 'notice' : 'holds';
}
