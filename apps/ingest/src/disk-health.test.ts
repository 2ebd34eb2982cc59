import { DISK_STEPS, type DiskState } from '@logmaster/core/api/disk';
import { expect, test } from 'vitest';
import { diskHealth } from './disk-health.ts';

const MIB = 1024 * 1024;

function state(more: Partial<DiskState>, archiveFree = 500 * MIB): DiskState {
  const common = { size_bytes: 1000 * MIB, low_bytes: 250 * MIB, reserve_bytes: 0 };
  return {
    step: 'none',
    file_systems: [
      { holds: ['data', 'journal', 'index'], step: more.step ?? 'none', free_bytes: 100.5 * MIB, ...common },
      { holds: ['archive'], step: 'none', free_bytes: archiveFree, ...common },
    ],
    ...more,
  };
}

test('each step has a reason of its own, with what is free where it was entered', () => {
  const shed = { records: 7, days: ['2026-11-25'], restoring: false };
  const parts = DISK_STEPS.map((step) => diskHealth(state({ step, shed }, 10 * MIB)));
  expect(parts.map(({ code }) => code)).toEqual([
    ...['DISK_RESTORING', 'DISK_RESERVE', 'DISK_CACHES', 'DISK_INDEX', 'DISK_SENDERS', 'DISK_DATAGRAMS'],
  ]);
  expect(parts[3]?.reason).toContain('7 records are out of the index and come back by themselves; 100 MiB are free');
  expect(new Set(parts.map((part) => part.state))).toEqual(new Set(['degraded']));
});

test('a full archive on a file system of its own is said; else all is well', () => {
  expect(diskHealth(state({}, 20 * MIB))).toMatchObject({ code: 'DISK_ARCHIVE', params: { free: 20 } });
  expect(diskHealth(state({}))).toEqual({ name: 'disk', state: 'ok' });
});
