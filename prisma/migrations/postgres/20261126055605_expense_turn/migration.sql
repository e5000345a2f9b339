-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "nextTurn" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Expense" ADD COLUMN     "turn" INTEGER;
