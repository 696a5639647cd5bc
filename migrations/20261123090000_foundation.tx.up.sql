-- The foundation: firms and their people, watches and their links, the connection to Clio, mappings and settings.
--
-- Ids are text made by the server and compare by bytes. So do the folded columns of watches, which the server writes
-- too: the order of names must not depend on the database's locale.

create table firms (
  id         text collate "C" primary key,
  name       text        not null,
  created_at timestamptz not null
);

create table users (
  id            text collate "C" primary key,
  firm_id       text collate "C" not null references firms on delete cascade,
  name          text        not null,
  email         text        not null unique, -- in lower case
  role          text        not null check (role in ('ADMIN', 'MEMBER')),
  password_hash text        not null,
  created_at    timestamptz not null
);
create index users_firm on users (firm_id);

create table sessions (
  id           text collate "C" primary key,
  user_id      text collate "C" not null references users on delete cascade,
  token_hash   bytea       not null unique, -- SHA-256: the token itself is never stored
  user_agent   text,
  created_at   timestamptz not null,
  last_seen_at timestamptz not null
);
create index sessions_user on sessions (user_id);

create table watches (
  id               text collate "C" primary key,
  firm_id          text collate "C" not null references firms on delete cascade,

  first_name       text        not null check (first_name <> ''),
  last_name        text        not null check (last_name <> ''),
  date_of_birth    date,
  city             text,
  state            text,
  case_number      text,
  assigned_to      text,
  case_type        text,
  date_of_interest date,

  middle_name      text,
  internal_notes   text,
  tags             text[]      not null,
  priority_level   text        not null,
  status           text        not null check (status in ('ACTIVE', 'ARCHIVED')),

  edited_at        jsonb       not null, -- when a person last edited each synced field
  revision         bigint      not null,
  unlinked_last_synced_at timestamptz,   -- lastSyncedAt, once the link has ended
  created_at       timestamptz not null,
  updated_at       timestamptz not null,

  -- Folded (no case, no accents) by the server, for search, filters and order.
  search_text      text             not null,
  sort_last        text collate "C" not null,
  sort_first       text collate "C" not null,
  assigned_fold    text             not null,
  tag_folds        text[]           not null,

  unique (firm_id, id)
);
create index watches_by_name on watches (firm_id, sort_last, sort_first, id);
create index watches_by_creation on watches (firm_id, created_at, id);
create index watches_by_update on watches (firm_id, updated_at, id);

-- A watch's tie to a matter. A matter is linked to one watch of a firm at most.
create table clio_links (
  watch_id        text collate "C" primary key,
  firm_id         text collate "C" not null,
  region          text        not null,
  account_id      bigint,               -- null: Clio would not tell
  matter_id       bigint      not null,
  contact_id      bigint,
  client_name     text,
  new_contact_id  bigint,               -- these three only in CLIENT_CHANGED
  new_client_name text,
  new_is_company  boolean     not null,
  matter_status   text,
  state           text        not null check (state in ('LINKED', 'MISSING', 'CLIENT_CHANGED')),
  base            jsonb       not null, -- Clio's last usable value of each field
  settled         jsonb       not null, -- the values of Clio's that a person decided against
  asked_at        timestamptz not null,
  last_synced_at  timestamptz,

  foreign key (firm_id, watch_id) references watches (firm_id, id) on delete cascade,
  unique (firm_id, matter_id)
);

-- A firm's connection to Clio. No row: never connected.
create table clio_integrations (
  firm_id          text collate "C" primary key references firms on delete cascade,
  state            text not null check (state in ('NOT_CONNECTED', 'CONNECTED', 'UNREACHABLE', 'NEEDS_RECONNECT')),
  region           text,
  account_id       bigint,
  clio_user_name   text,
  clio_firm_name   text,
  access_token     bytea,               -- sealed
  refresh_token    bytea,               -- sealed
  token_expires_at timestamptz,
  connected_at     timestamptz,
  problem          text,
  problem_since    timestamptz
);

-- A grant of access that was begun and not yet finished. Used once, and for ten minutes at most.
create table clio_authorizations (
  state_hash  bytea primary key,        -- SHA-256 of OAuth's state
  firm_id     text collate "C" not null references firms on delete cascade,
  user_id     text collate "C" not null references users on delete cascade,
  session_id  text collate "C" references sessions on delete cascade,
  cookie_hash bytea       not null,     -- SHA-256 of the ten-minute cookie
  return_to   text        not null,
  expires_at  timestamptz not null
);
create index clio_authorizations_by_expiry on clio_authorizations (expires_at);

-- A firm's own choice of case type for one of its practice areas in Clio. No row: the built-in mapping holds.
create table case_type_mappings (
  firm_id          text collate "C" not null references firms on delete cascade,
  practice_area_id bigint not null,
  case_type        text   not null,
  primary key (firm_id, practice_area_id)
);

-- A firm's settings. No row: the defaults hold.
create table sync_settings (
  firm_id             text collate "C" primary key references firms on delete cascade,
  auto_sync_enabled   boolean not null,
  frequency           text    not null,
  time_of_day         text    not null, -- HH:MM in time_zone
  day_of_week         text    not null,
  time_zone           text    not null, -- IANA name
  sync_on_login       boolean not null,
  conflict_resolution text    not null,
  next_sync_at        timestamptz       -- null: nothing is scheduled
);
