-- A device may be in another zone than its site, and its clock may be wrong: by how much, ingest tells with each sighting.
ALTER TABLE "devices" ADD COLUMN "time_zone" TEXT;
ALTER TABLE "devices" ADD COLUMN "clock_skew_ms" BIGINT;
