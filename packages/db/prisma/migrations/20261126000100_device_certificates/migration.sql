-- A device that proves itself by a TLS client certificate is known by it wherever it sends from.
ALTER TABLE "devices" ADD COLUMN "certificate" TEXT;
ALTER TABLE "devices" ADD CONSTRAINT "devices_certificate_check" CHECK ("certificate" ~ '^[0-9a-f]{64}$');
CREATE UNIQUE INDEX "devices_certificate_key" ON "devices"("certificate");
