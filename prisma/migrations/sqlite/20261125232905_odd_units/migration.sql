-- DropIndex
DROP INDEX "ExpensePart_groupId_memberId_currency_net_idx";

-- CreateIndex
CREATE INDEX "ExpensePart_groupId_memberId_currency_net_odd_idx" ON "ExpensePart"("groupId", "memberId", "currency", "net", "odd");
