-- CreateTable
CREATE TABLE "MailAttachment" (
    "mailId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,

    CONSTRAINT "MailAttachment_pkey" PRIMARY KEY ("mailId")
);

-- CreateTable
CREATE TABLE "MonthlyReport" (
    "userId" TEXT NOT NULL,
    "since" TIMESTAMP(3),
    "lastMonth" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "MonthlyReport_pkey" PRIMARY KEY ("userId")
);

-- AddForeignKey
ALTER TABLE "MailAttachment" ADD CONSTRAINT "MailAttachment_mailId_fkey" FOREIGN KEY ("mailId") REFERENCES "Mail"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MonthlyReport" ADD CONSTRAINT "MonthlyReport_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
