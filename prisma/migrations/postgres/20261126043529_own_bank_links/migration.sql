-- DropForeignKey
ALTER TABLE "Settlement" DROP CONSTRAINT "Settlement_transactionId_fkey";

-- DropIndex
DROP INDEX "Settlement_transactionId_idx";

-- AlterTable
ALTER TABLE "Settlement" ADD COLUMN     "fromTransactionId" TEXT,
ADD COLUMN     "toTransactionId" TEXT;

-- The link goes to the side whose account the transaction is on; one on neither's account was no link of theirs.
UPDATE "Settlement" SET "fromTransactionId" = "transactionId" FROM "Transaction" JOIN "Member" ON "Member"."userId" = "Transaction"."userId"
    WHERE "Transaction"."id" = "Settlement"."transactionId" AND "Member"."id" = "Settlement"."fromId";
UPDATE "Settlement" SET "toTransactionId" = "transactionId" FROM "Transaction" JOIN "Member" ON "Member"."userId" = "Transaction"."userId"
    WHERE "Transaction"."id" = "Settlement"."transactionId" AND "Member"."id" = "Settlement"."toId";

-- AlterTable
ALTER TABLE "Settlement" DROP COLUMN "transactionId";

-- CreateIndex
CREATE INDEX "Settlement_fromTransactionId_idx" ON "Settlement"("fromTransactionId");

-- CreateIndex
CREATE INDEX "Settlement_toTransactionId_idx" ON "Settlement"("toTransactionId");

-- AddForeignKey
ALTER TABLE "Settlement" ADD CONSTRAINT "Settlement_fromTransactionId_fkey" FOREIGN KEY ("fromTransactionId") REFERENCES "Transaction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Settlement" ADD CONSTRAINT "Settlement_toTransactionId_fkey" FOREIGN KEY ("toTransactionId") REFERENCES "Transaction"("id") ON DELETE SET NULL ON UPDATE CASCADE;
