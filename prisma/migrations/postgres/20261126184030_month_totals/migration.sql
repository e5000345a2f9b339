-- CreateTable
CREATE TABLE "MonthTotal" (
    "userId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "sums" TEXT NOT NULL,
    "byMerchant" TEXT NOT NULL,

    CONSTRAINT "MonthTotal_pkey" PRIMARY KEY ("userId","month")
);

-- CreateTable
CREATE TABLE "StaleMonth" (
    "id" SERIAL NOT NULL,
    "userId" TEXT NOT NULL,
    "month" TEXT NOT NULL,

    CONSTRAINT "StaleMonth_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StaleMonth_userId_month_idx" ON "StaleMonth"("userId", "month");

-- AddForeignKey
ALTER TABLE "MonthTotal" ADD CONSTRAINT "MonthTotal_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaleMonth" ADD CONSTRAINT "StaleMonth_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever changes transactions marks their months, however it is done: a slice of an import, an undo, an account that goes. Marks
-- are only ever added, so that nobody who writes waits for anybody else because of them.
CREATE FUNCTION "transactions_inserted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "StaleMonth" ("userId", "month") SELECT DISTINCT "userId", substr("date", 1, 7) FROM "added";
    RETURN NULL;
END $$;
CREATE FUNCTION "transactions_updated"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "StaleMonth" ("userId", "month")
    SELECT m."userId", m."month" FROM "before" b JOIN "after" a ON a."id" = b."id"
        CROSS JOIN LATERAL (VALUES (b."userId", substr(b."date", 1, 7)), (a."userId", substr(a."date", 1, 7))) AS m("userId", "month")
    WHERE (b."userId", b."accountId", b."date", b."amount", b."currency", b."categoryId", b."merchantKey")
        IS DISTINCT FROM (a."userId", a."accountId", a."date", a."amount", a."currency", a."categoryId", a."merchantKey")
    GROUP BY m."userId", m."month";
    RETURN NULL;
END $$;
-- Not when the person goes: the month goes with them.
CREATE FUNCTION "transactions_deleted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO "StaleMonth" ("userId", "month")
    SELECT DISTINCT r."userId", substr(r."date", 1, 7) FROM "removed" r JOIN "User" u ON u."id" = r."userId";
    RETURN NULL;
END $$;
CREATE TRIGGER "Transaction_inserted" AFTER INSERT ON "Transaction"
    REFERENCING NEW TABLE AS "added" FOR EACH STATEMENT EXECUTE FUNCTION "transactions_inserted"();
CREATE TRIGGER "Transaction_updated" AFTER UPDATE ON "Transaction"
    REFERENCING OLD TABLE AS "before" NEW TABLE AS "after" FOR EACH STATEMENT EXECUTE FUNCTION "transactions_updated"();
CREATE TRIGGER "Transaction_deleted" AFTER DELETE ON "Transaction"
    REFERENCING OLD TABLE AS "removed" FOR EACH STATEMENT EXECUTE FUNCTION "transactions_deleted"();

-- What there is already.
INSERT INTO "StaleMonth" ("userId", "month") SELECT DISTINCT "userId", substr("date", 1, 7) FROM "Transaction";
