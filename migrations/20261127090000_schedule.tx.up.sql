-- What is due when: rounds by the schedule and after logins, and the upkeep of connections.

alter table sync_settings
  add column connected    boolean not null default false, -- the connection to Clio can be used; else nothing is started
  add column start_at     timestamptz,                    -- when the next round is to be started; null: none is
  add column logged_in_at timestamptz,                    -- when a sync last followed a login, or was last to
  add column login_by_id  text collate "C" references users on delete set null; -- who logged in, until the sync is started

-- A connected firm has a row from now on, and one that asked for a schedule already is caught up once.
insert into sync_settings (firm_id, auto_sync_enabled, frequency, time_of_day, day_of_week, time_zone, sync_on_login, conflict_resolution, connected)
  select firm_id, false, 'DAILY', '06:00', 'MONDAY', 'America/New_York', false, 'KEEP_LOCAL', true
  from clio_integrations where state in ('CONNECTED', 'UNREACHABLE')
  on conflict (firm_id) do update set connected = true;
update sync_settings set next_sync_at = now(), start_at = now() where auto_sync_enabled and frequency <> 'MANUAL';

create index sync_settings_due on sync_settings (start_at) where connected and start_at is not null;

create trigger sync_settings_tell after insert or update of auto_sync_enabled, frequency, time_of_day, day_of_week, time_zone on sync_settings
  for each row execute function tell_of_firm();

-- Since when a run has met a Clio that is down; null: it hasn't, or Clio has answered since.
alter table sync_runs add column failing_since timestamptz;

-- When a session was last used by a request, and not just by a stream that stayed open.
alter table sessions add column last_request_at timestamptz;
update sessions set last_request_at = last_seen_at;
alter table sessions alter column last_request_at set not null;

-- When a connection is looked after next: its token renewed, or Clio asked whether it is back. Null: it needs nothing.
alter table clio_integrations add column upkeep_at timestamptz;
update clio_integrations set upkeep_at = case state when 'UNREACHABLE' then now() else token_expires_at end
  where state in ('CONNECTED', 'UNREACHABLE');
create index clio_integrations_upkeep on clio_integrations (upkeep_at) where upkeep_at is not null;
