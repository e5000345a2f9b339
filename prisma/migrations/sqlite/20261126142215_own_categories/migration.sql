-- CreateTable
CREATE TABLE "HiddenCategory" (
    "userId" TEXT NOT NULL,
    "categoryId" TEXT NOT NULL,

    PRIMARY KEY ("userId", "categoryId"),
    CONSTRAINT "HiddenCategory_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "HiddenCategory_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable: written by hand, as a table that everything points at is not to be made anew
ALTER TABLE "Category" ADD COLUMN "userId" TEXT REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "Category" ADD COLUMN "name" TEXT;
ALTER TABLE "Category" ADD COLUMN "nameKey" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Category_userId_nameKey_key" ON "Category"("userId", "nameKey");

-- CreateIndex
CREATE INDEX "HiddenCategory_categoryId_idx" ON "HiddenCategory"("categoryId");
