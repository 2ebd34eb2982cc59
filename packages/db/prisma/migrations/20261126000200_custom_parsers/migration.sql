-- Parsers that administrators write. A version never changes once it is there; which one is in use may.
CREATE TABLE "custom_parsers" (
    "name" TEXT NOT NULL,
    "active_version" INTEGER,
    CONSTRAINT "custom_parsers_pkey" PRIMARY KEY ("name"),
    CONSTRAINT "custom_parsers_name_check" CHECK ("name" ~ '^[a-z0-9-]{1,40}$')
);

CREATE TABLE "custom_parser_versions" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    -- The name, and not the account: it stays when the account goes.
    "author" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "custom_parser_versions_pkey" PRIMARY KEY ("name", "version"),
    CONSTRAINT "custom_parser_versions_name_fkey" FOREIGN KEY ("name") REFERENCES "custom_parsers"("name") ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE "custom_parsers" ADD CONSTRAINT "custom_parsers_active_fkey"
    FOREIGN KEY ("name", "active_version") REFERENCES "custom_parser_versions"("name", "version");

CREATE FUNCTION "refuse_parser_version_change"() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''a version of a parser never changes''; END';
CREATE TRIGGER "custom_parser_versions_stay" BEFORE UPDATE OR DELETE ON "custom_parser_versions"
    FOR EACH ROW EXECUTE FUNCTION "refuse_parser_version_change"();

-- Grows in the transaction of each change of what is in use.
CREATE TABLE "parser_set_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "parser_set_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "parser_set_version_one_row" CHECK ("id" = 1)
);
INSERT INTO "parser_set_version" DEFAULT VALUES;
