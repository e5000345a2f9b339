-- CreateEnum
CREATE TYPE "ModelStatus" AS ENUM ('queued', 'gathering', 'training', 'evaluating', 'ready', 'failed', 'cancelled');

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "sharesCorrectionsSince" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "ModelVersion" (
    "id" TEXT NOT NULL,
    "status" "ModelStatus" NOT NULL DEFAULT 'queued',
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
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),

    CONSTRAINT "ModelVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ModelFile" (
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "ModelFile_pkey" PRIMARY KEY ("versionId","name")
);

-- CreateIndex
CREATE UNIQUE INDEX "ModelVersion_slot_key" ON "ModelVersion"("slot");

-- AddForeignKey
ALTER TABLE "ModelFile" ADD CONSTRAINT "ModelFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "ModelVersion"("id") ON DELETE CASCADE ON UPDATE CASCADE;
