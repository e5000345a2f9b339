-- CreateTable
CREATE TABLE "MonthTotal" (
    "userId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "sums" TEXT NOT NULL,
    "byMerchant" TEXT NOT NULL,

    PRIMARY KEY ("userId", "month"),
    CONSTRAINT "MonthTotal_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "StaleMonth" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "userId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    CONSTRAINT "StaleMonth_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "StaleMonth_userId_month_idx" ON "StaleMonth"("userId", "month");

-- Whatever changes a transaction marks its month, however it is done: a slice of an import, an undo, an account that goes.
CREATE TRIGGER "Transaction_inserted" AFTER INSERT ON "Transaction" BEGIN
    INSERT INTO "StaleMonth" ("userId", "month") SELECT NEW."userId", substr(NEW."date", 1, 7)
        WHERE NOT EXISTS (SELECT 1 FROM "StaleMonth" WHERE "userId" = NEW."userId" AND "month" = substr(NEW."date", 1, 7));
END;
CREATE TRIGGER "Transaction_updated" AFTER UPDATE OF "userId", "accountId", "date", "amount", "currency", "categoryId", "merchantKey" ON "Transaction" BEGIN
    INSERT INTO "StaleMonth" ("userId", "month") SELECT OLD."userId", substr(OLD."date", 1, 7)
        WHERE NOT EXISTS (SELECT 1 FROM "StaleMonth" WHERE "userId" = OLD."userId" AND "month" = substr(OLD."date", 1, 7));
    INSERT INTO "StaleMonth" ("userId", "month") SELECT NEW."userId", substr(NEW."date", 1, 7)
        WHERE NOT EXISTS (SELECT 1 FROM "StaleMonth" WHERE "userId" = NEW."userId" AND "month" = substr(NEW."date", 1, 7));
END;
-- Not when the person goes: the month goes with them.
CREATE TRIGGER "Transaction_deleted" AFTER DELETE ON "Transaction" BEGIN
    INSERT INTO "StaleMonth" ("userId", "month") SELECT OLD."userId", substr(OLD."date", 1, 7)
        WHERE EXISTS (SELECT 1 FROM "User" WHERE "id" = OLD."userId")
            AND NOT EXISTS (SELECT 1 FROM "StaleMonth" WHERE "userId" = OLD."userId" AND "month" = substr(OLD."date", 1, 7));
END;

-- What there is already.
INSERT INTO "StaleMonth" ("userId", "month") SELECT DISTINCT "userId", substr("date", 1, 7) FROM "Transaction";
