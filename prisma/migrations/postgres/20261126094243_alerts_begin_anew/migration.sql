-- AlterEnum
ALTER TYPE "DeliveryStatus" ADD VALUE 'kept';
ALTER TYPE "DeliveryStatus" ADD VALUE 'cancelled';

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "reason" TEXT;

-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "currency" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "rearmedBy" INTEGER NOT NULL DEFAULT 0;
UPDATE "Alert" SET "currency" = (SELECT b."currency" FROM "Budget" b WHERE b."id" = "Alert"."budgetId");

-- CreateIndex
DROP INDEX "Alert_budgetId_periodStart_threshold_key";
CREATE UNIQUE INDEX "Alert_budgetId_periodStart_threshold_rearmedBy_key" ON "Alert"("budgetId", "periodStart", "threshold", "rearmedBy");
