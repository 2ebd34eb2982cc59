DROP TABLE IF EXISTS "identity_requests";
