-- CreateTable
CREATE TABLE "LearnedCount" (
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "incoming" BOOLEAN NOT NULL,
    "size" INTEGER NOT NULL,
    "categoryId" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "saidAt" DATETIME NOT NULL,

    PRIMARY KEY ("userId", "name", "incoming", "size", "categoryId"),
    CONSTRAINT "LearnedCount_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "LearnedCount_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LearnedCount_categoryId_idx" ON "LearnedCount"("categoryId");

-- CreateIndex
CREATE INDEX "Transaction_userId_review_merchantKey_idx" ON "Transaction"("userId", "review", "merchantKey");
