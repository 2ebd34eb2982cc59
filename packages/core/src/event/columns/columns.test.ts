import { expect, it } from 'vitest';
import { LabelsColumn } from './columns.ts';

/** Entries of the row in the making, as codes. */
function entries(labels: LabelsColumn, row: number): [key: number, value: number][] {
  const from = labels.starts[row] as number;
  return Array.from({ length: labels.count - from }, (_, index) => [
    labels.keys[from + index] as number,
    labels.values[from + index] as number,
  ]);
}

it('keeps the last value of a label, at the place of the first', () => {
  const labels = new LabelsColumn(4);
  labels.set(0, 1, 10);
  labels.set(0, 3, 30);
  labels.set(0, 2, 20);
  labels.set(0, 1, 11);
  expect(entries(labels, 0)).toEqual([
    [1, 11],
    [3, 30],
    [2, 20],
  ]);
  expect(labels.present[0]).toBe(1);
});

it('leaves the labels of earlier rows alone', () => {
  const labels = new LabelsColumn(4);
  labels.set(0, 1, 10);
  labels.starts[1] = labels.count;
  labels.set(1, 1, 11);
  expect(entries(labels, 1)).toEqual([[1, 11]]);
  expect(labels.values[0]).toBe(10);
});

it('takes many at once without those that have no value, and replaces them after', () => {
  const labels = new LabelsColumn(4);
  const keys = Int32Array.from({ length: 3000 }, (_, index) => index);
  const values = keys.map((key) => (key % 2 === 0 ? 0 : key));
  labels.addAll(0, keys, values, keys.length);
  expect(labels.count).toBe(1500);
  labels.set(0, 5, 50);
  expect(labels.count).toBe(1500);
  expect(entries(labels, 0)[2]).toEqual([5, 50]);
});

it('has no labels where all of those that were added have no value', () => {
  const labels = new LabelsColumn(4);
  labels.addAll(0, Int32Array.of(1, 2), Int32Array.of(0, 0), 2);
  expect(labels.present[0]).toBe(0);
});
