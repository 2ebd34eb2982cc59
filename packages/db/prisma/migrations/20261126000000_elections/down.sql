DROP TABLE IF EXISTS "elections";
