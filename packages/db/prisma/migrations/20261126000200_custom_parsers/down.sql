DROP TABLE IF EXISTS "parser_set_version";
ALTER TABLE IF EXISTS "custom_parsers" DROP CONSTRAINT IF EXISTS "custom_parsers_active_fkey";
DROP TABLE IF EXISTS "custom_parser_versions";
DROP FUNCTION IF EXISTS "refuse_parser_version_change"();
DROP TABLE IF EXISTS "custom_parsers";
