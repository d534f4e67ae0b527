/** Puts a delivery at the end of its line; held unless it is alone there. A trigger tells the delivery. */
export const joinLine = `
INSERT INTO ordered_deliveries (application_id, delivery_id, message_id, endpoint_id, ordering_key, continues, held)
VALUES (:application_id, :delivery_id, :message_id, :endpoint_id, :ordering_key, :continues, EXISTS (
  SELECT 1 FROM ordered_deliveries WHERE endpoint_id = :endpoint_id AND ordering_key = :ordering_key
))`;

/** The first of the line in which the delivery is held. */
export const selectFirstInLine = `
SELECT deliveries.* FROM ordered_deliveries own
  JOIN ordered_deliveries first ON first.position = (
    SELECT min(position) FROM ordered_deliveries line
    WHERE line.endpoint_id = own.endpoint_id AND line.ordering_key = own.ordering_key
  )
  JOIN deliveries ON deliveries.id = first.delivery_id
WHERE own.delivery_id = :deliveryId AND own.held = 1 AND own.message_id = :messageId
  AND own.application_id = :applicationId AND deliveries.environment_id = :environmentId`;
