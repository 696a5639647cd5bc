-- What else changes a firm's status: a link begins or ends (also with its watch) or changes its state, and a watch is archived or unarchived.
CREATE TRIGGER clio_links_notify AFTER INSERT OR DELETE ON clio_links FOR EACH ROW EXECUTE FUNCTION notify_firm();
CREATE TRIGGER clio_links_notify_state AFTER UPDATE OF state ON clio_links
  FOR EACH ROW WHEN (old.state IS DISTINCT FROM new.state) EXECUTE FUNCTION notify_firm();
CREATE TRIGGER watches_notify_status AFTER UPDATE OF status ON watches
  FOR EACH ROW WHEN (old.status IS DISTINCT FROM new.status) EXECUTE FUNCTION notify_firm();
