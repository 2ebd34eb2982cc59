-- How the records of a device were parsed, by hour of their receipt. Statistics: kept for some weeks.
CREATE TABLE "device_coverage" (
    "device_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "ok" BIGINT NOT NULL,
    "partial" BIGINT NOT NULL,
    "failed" BIGINT NOT NULL,
    "raw" BIGINT NOT NULL,
    "detail" JSONB NOT NULL,
    CONSTRAINT "device_coverage_pkey" PRIMARY KEY ("device_id", "hour"),
    CONSTRAINT "device_coverage_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "device_coverage_hour_idx" ON "device_coverage"("hour");

-- What is usual for a device, and whether it has drifted from that.
CREATE TABLE "device_parsing" (
    "device_id" UUID NOT NULL,
    "fields" JSONB NOT NULL,
    "baseline" JSONB,
    "learned_at" TIMESTAMPTZ(3),
    "drift" JSONB,
    "drift_since" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    CONSTRAINT "device_parsing_pkey" PRIMARY KEY ("device_id"),
    CONSTRAINT "device_parsing_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "device_parsing_drift_has_begun" CHECK (("drift" IS NULL) = ("drift_since" IS NULL))
);
CREATE INDEX "device_parsing_drift_since_idx" ON "device_parsing"("drift_since");
