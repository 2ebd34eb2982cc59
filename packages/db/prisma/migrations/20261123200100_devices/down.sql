DROP TABLE IF EXISTS "mapping_version";
DROP TABLE IF EXISTS "device_bindings";
DROP TABLE IF EXISTS "devices";
DROP TABLE IF EXISTS "sites";
DROP TYPE IF EXISTS "DeviceStatus";
