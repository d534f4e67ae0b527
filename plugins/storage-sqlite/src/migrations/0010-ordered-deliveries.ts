import type { Migration } from './migration.js';

/**
 * `ordered_deliveries` has a row for each delivery that stands in a line (an endpoint and an ordering key): the first of
 * it, which may be claimed, and those that it holds. Triggers keep it, whoever changes a delivery: one that ends, or
 * whose line goes on after its first attempt, leaves, and the next one is no longer held.
 *
 * `deliveries.line_state` says the same without a look there: 0 in no line, 1 the first (or one that has left), 2 held.
 * What is held is not in the index that claims read, however long the line.
 *
 * `messages.ordering_key` comes after the payload, for tables cannot be rearranged; where there is none nothing is read
 * for it, as a row begins with what is NULL.
 */
const sql = `
ALTER TABLE endpoints ADD COLUMN ordering TEXT;
ALTER TABLE messages ADD COLUMN ordering_key TEXT;
ALTER TABLE deliveries ADD COLUMN line_state INTEGER NOT NULL DEFAULT 0;

DROP INDEX deliveries_pending;
CREATE INDEX deliveries_pending ON deliveries (endpoint_id, attempt_count > 0, due_at, id)
  WHERE status = 'pending' AND line_state < 2;

CREATE TABLE ordered_deliveries (
  position INTEGER NOT NULL PRIMARY KEY,
  application_id TEXT NOT NULL,
  delivery_id TEXT NOT NULL UNIQUE,
  message_id TEXT NOT NULL,
  endpoint_id TEXT NOT NULL,
  ordering_key TEXT NOT NULL,
  continues INTEGER NOT NULL,
  held INTEGER NOT NULL
) STRICT;
CREATE INDEX ordered_deliveries_line ON ordered_deliveries (endpoint_id, ordering_key, position);
CREATE INDEX ordered_deliveries_held ON ordered_deliveries (endpoint_id, position) WHERE held = 1;

CREATE TRIGGER ordered_deliveries_joined AFTER INSERT ON ordered_deliveries BEGIN
  UPDATE deliveries SET line_state = 1 + NEW.held WHERE id = NEW.delivery_id;
END;
CREATE TRIGGER ordered_deliveries_left AFTER DELETE ON ordered_deliveries WHEN OLD.held = 0 BEGIN
  UPDATE ordered_deliveries SET held = 0 WHERE position = (
    SELECT min(position) FROM ordered_deliveries WHERE endpoint_id = OLD.endpoint_id AND ordering_key = OLD.ordering_key
  );
END;
CREATE TRIGGER ordered_deliveries_released AFTER UPDATE OF held ON ordered_deliveries BEGIN
  UPDATE deliveries SET line_state = 1 + NEW.held WHERE id = NEW.delivery_id;
END;
CREATE TRIGGER deliveries_ended AFTER UPDATE OF status ON deliveries
WHEN NEW.line_state > 0 AND NEW.status NOT IN ('pending', 'in_flight') BEGIN
  DELETE FROM ordered_deliveries WHERE delivery_id = NEW.id;
END;
CREATE TRIGGER deliveries_attempted AFTER UPDATE OF attempt_count ON deliveries
WHEN NEW.line_state > 0 AND NEW.attempt_count > OLD.attempt_count BEGIN
  DELETE FROM ordered_deliveries WHERE delivery_id = NEW.id AND continues = 1;
END;

DROP TRIGGER deliveries_pending_updated;
CREATE TRIGGER deliveries_pending_updated AFTER UPDATE OF status, due_at, line_state ON deliveries
WHEN NEW.status = 'pending' AND NEW.line_state < 2 BEGIN
  INSERT INTO endpoint_queues (endpoint_id, ready_at, turn) VALUES (NEW.endpoint_id, NEW.due_at, 0)
  ON CONFLICT (endpoint_id) DO UPDATE SET ready_at = max(excluded.ready_at, coalesce(paused_until, 0))
  WHERE ready_at IS NULL OR ready_at > max(excluded.ready_at, coalesce(paused_until, 0));
END;
`;

/** Lines of deliveries that keep their order. Breaking: an older binary would not join or keep them. */
export const orderedDeliveries: Migration = { number: 10, name: 'ordered deliveries', breaking: true, sql };
