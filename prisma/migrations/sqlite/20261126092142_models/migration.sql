-- AlterTable
ALTER TABLE "User" ADD COLUMN "sharesCorrectionsSince" DATETIME;

-- CreateTable
CREATE TABLE "ModelVersion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "slot" INTEGER,
    "corrections" BOOLEAN NOT NULL,
    "createdById" TEXT NOT NULL,
    "runId" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "trainedOn" JSONB,
    "metrics" JSONB,
    "against" JSONB,
    "checksums" JSONB,
    "size" INTEGER,
    "errorCode" TEXT,
    "errorParams" JSONB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" DATETIME,
    "finishedAt" DATETIME
);

-- CreateTable
CREATE TABLE "ModelFile" (
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,

    PRIMARY KEY ("versionId", "name"),
    CONSTRAINT "ModelFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ModelVersion" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_slot_key" ON "ModelVersion"("slot");
