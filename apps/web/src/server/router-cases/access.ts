import { describe, expect, it } from 'vitest';
import { appRouter } from '../router.ts';
import { type Caller, codeOf, type RouterRig } from '../testing/router-rig.ts';

export function accessCases(rig: () => RouterRig): void {
  describe('who may call what', () => {
    it('nobody without a session, and only account.* while the password must be changed', async () => {
      const nobody = appRouter.createCaller({ deps: rig().harness.deps, session: null, requestId: 'r' });
      const fresh = await rig().fresh();
      const calls: Readonly<Record<string, (who: Caller) => Promise<unknown>>> = {
        'search.page': (who) => who.search.page({}),
        'evidence.sites': (who) => who.evidence.sites(),
        'devices.list': (who) => who.devices.list({}),
        'sites.list': (who) => who.sites.list(),
        'tokens.create': (who) => who.tokens.create({ name: 'x' }),
        'health.get': (who) => who.health.get(),
      };
      for (const [name, call] of Object.entries(calls)) {
        expect([name, await codeOf(call(nobody)), await codeOf(call(fresh)), await codeOf(call(rig().caller))]).toEqual(
          [name, 'UNAUTHENTICATED', 'PASSWORD_CHANGE_REQUIRED', 'ok'],
        );
      }
      expect(await codeOf(nobody.account.me())).toBe('UNAUTHENTICATED');
      expect(await fresh.account.me()).toMatchObject({ username: 'admin', mustChangePassword: false });
    });
  });
}
