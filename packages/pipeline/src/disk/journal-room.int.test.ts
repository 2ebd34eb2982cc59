import { statfs } from 'node:fs/promises';
import { placeBallast } from '@logmaster/testkit/faults/ballast';
import { freePorts } from '@logmaster/testkit/free-ports';
import { openKeeper } from '@logmaster/testkit/keeper/keeper';
import { expect, onTestFinished, test } from 'vitest';
import { CollectorRig } from '../testing/collector-rig.ts';
import { journalRoom } from './journal-room.ts';

const MIB = 1024 * 1024;
/** The low mark is 8 MiB; the journal leaves 1 MiB of it to others. */
const DISK_BYTES = 32 * MIB;
const MARKS = { lowBytes: undefined, reserveBytes: 0 };
const LINE = `<134>${'x'.repeat(1000)}\n`;

test.runIf(process.getuid?.() === 0)(
  'a flood leaves the last room to others, and goes on when there is more',
  async () => {
    const keeper = await openKeeper('test-journal-room');
    onTestFinished(() => keeper.close());
    const disk = await keeper.mountSmallDisk('journal', DISK_BYTES);
    const ballast = await placeBallast(disk);
    await ballast.leaveFree(6 * MIB);
    const [syslog = 0] = await freePorts(1);
    const rig = await CollectorRig.start({
      syslogPort: syslog,
      journalFolder: disk,
      hasRoom: journalRoom(disk, MARKS),
      pendingLimitBytes: 4 * MIB,
    });
    onTestFinished(() => rig.remove());
    const sender = await rig.connect(syslog);
    sender.end(LINE.repeat(16_000));
    await expect.poll(() => rig.collector.journal.full, { timeout: 60_000 }).toBe(true);
    const free = async () => {
      const { bavail, bsize } = await statfs(disk);
      return bavail * bsize;
    };
    expect(await free()).toBeGreaterThan(0.9 * MIB);
    expect(await free()).toBeLessThan(3 * MIB);
    expect(rig.collector.state.dropped).toEqual({});
    await ballast.remove();
    await expect.poll(() => rig.collector.state.journaled, { timeout: 60_000 }).toBe(16_000);
    expect(rig.collector.journal.full).toBe(false);
  },
);
