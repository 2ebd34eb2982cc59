CREATE TYPE "DeviceStatus" AS ENUM ('pending', 'approved', 'rejected');

CREATE TABLE "sites" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'Europe/Istanbul',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "sites_pkey" PRIMARY KEY ("id"),
    -- Becomes a folder of the archive (slugSchema of packages/core).
    CONSTRAINT "sites_id_is_slug" CHECK ("id" ~ '^[a-z0-9-]{1,40}$')
);

CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "address" INET NOT NULL,
    "name" TEXT NOT NULL,
    "status" "DeviceStatus" NOT NULL DEFAULT 'pending',
    "site_id" TEXT,
    "vendor" TEXT,
    "product" TEXT,
    "hostname" TEXT,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "last_seen" TIMESTAMPTZ(3) NOT NULL,
    "records" BIGINT NOT NULL DEFAULT 0,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "devices_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "devices_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "devices_approved_has_site" CHECK ("status" <> 'approved' OR "site_id" IS NOT NULL)
);
CREATE UNIQUE INDEX "devices_address_key" ON "devices"("address");
CREATE INDEX "devices_status_idx" ON "devices"("status");
CREATE INDEX "devices_site_id_idx" ON "devices"("site_id");

CREATE TABLE "device_bindings" (
    "id" UUID NOT NULL,
    "device_id" UUID NOT NULL,
    "site_id" TEXT NOT NULL,
    "address" INET NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    CONSTRAINT "device_bindings_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "device_bindings_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "device_bindings_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "device_bindings_device_id_idx" ON "device_bindings"("device_id");
CREATE INDEX "device_bindings_site_id_idx" ON "device_bindings"("site_id");
-- A device is bound to one site at a time.
CREATE UNIQUE INDEX "device_bindings_one_open" ON "device_bindings"("device_id") WHERE "valid_to" IS NULL;

CREATE TABLE "mapping_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "mapping_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mapping_version_one_row" CHECK ("id" = 1)
);
INSERT INTO "mapping_version" DEFAULT VALUES;

-- Where the records of unknown senders go, there from the beginning, so that a device can be assigned back to it.
INSERT INTO "sites" ("id", "name") VALUES ('unassigned', 'Unassigned');
