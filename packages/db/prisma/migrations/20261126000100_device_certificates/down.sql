ALTER TABLE "devices" DROP COLUMN IF EXISTS "certificate";
