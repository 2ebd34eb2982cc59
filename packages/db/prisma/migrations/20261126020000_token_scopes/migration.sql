-- What a token may do (packages/core, TOKEN_SCOPES). Those that are there keep what they could do until now.
ALTER TABLE "api_tokens" ADD COLUMN "scopes" TEXT[] NOT NULL DEFAULT '{read,identity:write}';
ALTER TABLE "api_tokens" ALTER COLUMN "scopes" DROP DEFAULT;
