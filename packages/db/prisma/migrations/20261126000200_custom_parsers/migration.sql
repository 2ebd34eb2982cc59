-- Parsers that administrators write. A version never changes once it is there. Which one is in use may.
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

-- Statements are split at semicolons when migrations are applied: no function body fits in, but rules do the same.
CREATE RULE "custom_parser_versions_no_update" AS ON UPDATE TO "custom_parser_versions" DO INSTEAD NOTHING;
CREATE RULE "custom_parser_versions_no_delete" AS ON DELETE TO "custom_parser_versions" DO INSTEAD NOTHING;

-- Grows in the transaction of each change of what is in use.
CREATE TABLE "parser_set_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "parser_set_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "parser_set_version_one_row" CHECK ("id" = 1)
);
INSERT INTO "parser_set_version" DEFAULT VALUES;
