/** Hours of how a device was parsed are kept so long: enough to see a firmware upgrade of last month. */
export const KEEP_COVERAGE_MS = 35 * 86_400_000;
