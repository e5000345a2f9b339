-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Settlement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "groupId" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "toId" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "date" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'marked',
    "note" TEXT NOT NULL DEFAULT '',
    "expenseId" TEXT,
    "fromTransactionId" TEXT,
    "toTransactionId" TEXT,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deletedAt" DATETIME,
    CONSTRAINT "Settlement_groupId_fkey" FOREIGN KEY ("groupId") REFERENCES "Group" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Settlement_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Settlement_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Member" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Settlement_expenseId_fkey" FOREIGN KEY ("expenseId") REFERENCES "Expense" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Settlement_fromTransactionId_fkey" FOREIGN KEY ("fromTransactionId") REFERENCES "Transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "Settlement_toTransactionId_fkey" FOREIGN KEY ("toTransactionId") REFERENCES "Transaction" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
-- The link goes to the side whose account the transaction is on; one on neither's account was no link of theirs.
INSERT INTO "new_Settlement" ("amount", "createdAt", "createdById", "currency", "date", "deletedAt", "expenseId", "fromId", "groupId", "id", "note", "status", "toId", "fromTransactionId", "toTransactionId") SELECT "amount", "createdAt", "createdById", "currency", "date", "deletedAt", "expenseId", "fromId", "groupId", "id", "note", "status", "toId",
    (SELECT "Transaction"."id" FROM "Transaction" JOIN "Member" ON "Member"."userId" = "Transaction"."userId"
        WHERE "Transaction"."id" = "transactionId" AND "Member"."id" = "fromId"),
    (SELECT "Transaction"."id" FROM "Transaction" JOIN "Member" ON "Member"."userId" = "Transaction"."userId"
        WHERE "Transaction"."id" = "transactionId" AND "Member"."id" = "toId")
FROM "Settlement";
DROP TABLE "Settlement";
ALTER TABLE "new_Settlement" RENAME TO "Settlement";
CREATE INDEX "Settlement_groupId_date_id_idx" ON "Settlement"("groupId", "date", "id");
CREATE INDEX "Settlement_expenseId_idx" ON "Settlement"("expenseId");
CREATE INDEX "Settlement_fromId_idx" ON "Settlement"("fromId");
CREATE INDEX "Settlement_toId_idx" ON "Settlement"("toId");
CREATE INDEX "Settlement_fromTransactionId_idx" ON "Settlement"("fromTransactionId");
CREATE INDEX "Settlement_toTransactionId_idx" ON "Settlement"("toTransactionId");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
