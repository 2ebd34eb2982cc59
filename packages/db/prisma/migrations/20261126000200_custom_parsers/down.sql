DROP TABLE IF EXISTS "parser_set_version";
ALTER TABLE IF EXISTS "custom_parsers" DROP CONSTRAINT IF EXISTS "custom_parsers_active_fkey";
DROP TABLE IF EXISTS "custom_parser_versions";
DROP TABLE IF EXISTS "custom_parsers";
