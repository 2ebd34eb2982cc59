-- Names of things in the networks: records get them by address or MAC.
CREATE TABLE "assets" (
    "id" UUID NOT NULL,
    "site_id" TEXT,
    "name" TEXT NOT NULL,
    "network" INET,
    "mac" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "assets_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "assets_thing_check" CHECK (("network" IS NULL) <> ("mac" IS NULL)),
    CONSTRAINT "assets_mac_check" CHECK ("mac" ~ '^[0-9A-F]{2}(-[0-9A-F]{2}){5}$')
);
CREATE INDEX "assets_site_id_idx" ON "assets"("site_id");
ALTER TABLE "assets" ADD CONSTRAINT "assets_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
