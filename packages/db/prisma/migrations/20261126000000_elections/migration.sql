-- Which node does an organisation-wide job now: the epoch grows with each leader, and every write of the job checks it.
CREATE TABLE "elections" (
    "job" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "node" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "elections_pkey" PRIMARY KEY ("job")
);
