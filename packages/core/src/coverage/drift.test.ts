import { describe, expect, it } from 'vitest';
import { type CoverageCounts, NO_COVERAGE } from './counts.ts';
import { type Baseline, DRIFT_RULE, type Drift, findDrift, learnBaseline } from './drift.ts';

const FIELDS = Array.from({ length: 20 }, (_, index) => `field.${String(index).padStart(2, '0')}`);

function hour(records: number, score: number, fields: readonly string[] = FIELDS): CoverageCounts {
  const ok = Math.round(records * score);
  return { ...NO_COVERAGE, ok, raw: records - ok, fields: [...fields] };
}

const steady = Array.from({ length: 24 }, () => hour(1000, 0.98));
const baseline = learnBaseline(steady) as Baseline;

describe('learning', () => {
  it('takes the median score and the fields that nearly every hour had', () => {
    const hours = [...steady.slice(2), hour(1000, 0.1, ['field.00']), hour(1000, 0.98, [...FIELDS, 'rare.field'])];
    expect(learnBaseline(hours)).toEqual({ score: 0.98, fields: FIELDS, records: 1000, hours: 24 });
  });

  it('needs enough hours with enough records', () => {
    const few = steady.slice(0, DRIFT_RULE.leastHours - 1);
    const quiet = Array.from({ length: 50 }, () => hour(DRIFT_RULE.hourRecords - 1, 1));
    expect(learnBaseline([...few, ...quiet])).toBeNull();
  });

  it('forgets what is long ago', () => {
    const old = Array.from({ length: 500 }, () => hour(1000, 0.2));
    const recent = Array.from({ length: DRIFT_RULE.baselineHours }, () => hour(1000, 0.9));
    expect(learnBaseline([...recent, ...old])?.score).toBe(0.9);
  });
});

describe('a drift', () => {
  const begun = findDrift(baseline, [hour(1000, 0.6)], null) as Drift;

  it('begins when the score falls', () => {
    expect(begun).toEqual({ kinds: ['score'], score: 0.6, usualScore: 0.98, missing: [] });
  });

  it('begins when usual fields are no longer there', () => {
    const drift = findDrift(baseline, [hour(1000, 0.98, FIELDS.slice(3))], null);
    expect(drift).toMatchObject({ kinds: ['fields'], missing: FIELDS.slice(0, 3) });
  });

  it('is not what a few records say, nor a little less than usual, nor one field', () => {
    expect(findDrift(baseline, [hour(DRIFT_RULE.nowRecords - 1, 0)], null)).toBeUndefined();
    expect(findDrift(baseline, [hour(1000, 0.9)], null)).toBeNull();
    expect(findDrift(baseline, [hour(1000, 0.98, FIELDS.slice(1))], null)).toBeNull();
  });

  it('looks back as far as it must: a young hour is judged with the one before', () => {
    expect(findDrift(baseline, [hour(20, 0), hour(1000, 0.98)], null)).toBeNull();
  });

  it('asks fewer records than usual for no fields', () => {
    expect(findDrift(baseline, [hour(400, 0.98, FIELDS.slice(10))], null)).toBeNull();
  });

  it('ends only when half of the fall is made good', () => {
    expect(findDrift(baseline, [hour(1000, 0.92)], begun)).toMatchObject({ kinds: ['score'], score: 0.92 });
    expect(findDrift(baseline, [hour(1000, 0.94)], begun)).toBeNull();
  });

  it('of fields stays open while too few records come to see them', () => {
    const open = findDrift(baseline, [hour(1000, 0.98, FIELDS.slice(3))], null) as Drift;
    expect(findDrift(baseline, [hour(400, 0.98)], open)).toBeUndefined();
    expect(findDrift(baseline, [hour(1000, 0.98)], open)).toBeNull();
  });
});
