DROP TABLE IF EXISTS "device_parsing";
DROP TABLE IF EXISTS "device_coverage";
