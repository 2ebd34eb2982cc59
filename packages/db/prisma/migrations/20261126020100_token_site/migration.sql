-- A token may be bound to a site. It ends with the site: without it, it would speak for all of them.
ALTER TABLE "api_tokens" ADD COLUMN "site_id" TEXT;
CREATE INDEX "api_tokens_site_id_idx" ON "api_tokens"("site_id");
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_site_id_fkey" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE CASCADE ON UPDATE CASCADE;
