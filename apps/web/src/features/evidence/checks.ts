import type { Verification } from './types.ts';

/** What a verification looks at, in the order a person asks, and the kinds of findings that speak against each. */
export const CHECKS = [
  {
    name: 'files',
    kinds: [
      'altered',
      'missing-file',
      'unexpected-file',
      'unknown-file',
      'unreadable',
      'malformed',
      'misplaced',
      'empty',
      'under-construction',
      'not-checked',
      'copy',
    ],
  },
  { name: 'records', kinds: ['count-mismatch', 'malformed-records', 'outside-period', 'bad-period'] },
  { name: 'chain', kinds: ['gap', 'period-gap', 'chain-broken', 'duplicate-segment'] },
  { name: 'signature', kinds: ['bad-signature', 'signer-not-pinned'] },
  {
    name: 'stamp',
    kinds: [
      'bad-token',
      'missing-token',
      'unstamped',
      'stamped-too-early',
      'tsa-not-pinned',
      'local-stamp',
      'revocation-not-checked',
      'clock-went-back',
    ],
  },
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
    const findings = report.findings.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
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
