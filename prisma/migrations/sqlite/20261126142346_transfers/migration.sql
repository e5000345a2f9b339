-- CreateTable
CREATE TABLE "Transfer" (
    "outId" TEXT NOT NULL PRIMARY KEY,
    "inId" TEXT NOT NULL,
    "categoryId" TEXT NOT NULL,
    "byHand" BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT "Transfer_outId_fkey" FOREIGN KEY ("outId") REFERENCES "Transaction" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Transfer_inId_fkey" FOREIGN KEY ("inId") REFERENCES "Transaction" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "NoTransfer" (
    "outId" TEXT NOT NULL,
    "inId" TEXT NOT NULL,

    PRIMARY KEY ("outId", "inId"),
    CONSTRAINT "NoTransfer_outId_fkey" FOREIGN KEY ("outId") REFERENCES "Transaction" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "NoTransfer_inId_fkey" FOREIGN KEY ("inId") REFERENCES "Transaction" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "Transfer_inId_key" ON "Transfer"("inId");

-- CreateIndex
CREATE INDEX "NoTransfer_inId_idx" ON "NoTransfer"("inId");

-- CreateIndex
CREATE INDEX "Transaction_userId_amount_date_idx" ON "Transaction"("userId", "amount", "date");
