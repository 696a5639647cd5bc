-- One word for one idea: columns, indexes, functions and triggers are named as the code names them. No data changes.

alter table clio_links rename column looked_at to checked_at;
alter index clio_links_by_look rename to clio_links_by_check;

alter table clio_integrations rename column upkeep_at to maintain_at;
alter index clio_integrations_upkeep rename to clio_integrations_maintenance;

alter function tell_of_run() rename to notify_run;
alter function tell_of_firm() rename to notify_firm;
alter trigger sync_runs_tell on sync_runs rename to sync_runs_notify;
alter trigger sync_conflicts_tell on sync_conflicts rename to sync_conflicts_notify;
alter trigger clio_integrations_tell on clio_integrations rename to clio_integrations_notify;
alter trigger sync_settings_tell on sync_settings rename to sync_settings_notify;
