ALTER TABLE "devices" DROP COLUMN IF EXISTS "clock_skew_ms";
ALTER TABLE "devices" DROP COLUMN IF EXISTS "time_zone";
