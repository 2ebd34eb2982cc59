-- Requests of POST /api/v1/identity-events that carry an Idempotency-Key: what is sent twice is recorded once.
CREATE TABLE "identity_requests" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "digest" BYTEA NOT NULL,
    "accepted" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identity_requests_pkey" PRIMARY KEY ("user_id", "key")
);
CREATE INDEX "identity_requests_created_at_idx" ON "identity_requests"("created_at");
ALTER TABLE "identity_requests" ADD CONSTRAINT "identity_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
