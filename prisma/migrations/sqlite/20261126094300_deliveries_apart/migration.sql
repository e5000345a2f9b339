-- What lies in the outbox was not to be told apart from what waits.
UPDATE "Delivery" SET "status" = 'kept' WHERE "status" = 'waiting' AND "mailId" IN (SELECT "id" FROM "Mail" WHERE "status" = 'kept');

-- Mails and webhooks have a queue each now.
UPDATE "Outbox" SET "queue" = 'webhook-send'
WHERE "queue" = 'alert-deliver' AND json_extract("payload", '$.deliveryId') IN (SELECT "id" FROM "Delivery" WHERE "channel" = 'webhook');
UPDATE "Outbox" SET "queue" = 'alert-mail' WHERE "queue" = 'alert-deliver';
