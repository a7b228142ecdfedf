-- One row for each turn of an account: the facts as JSON in UTF-8, and the row's place in the chain.
create table if not exists trader.journal (
    account text not null,
    first bigint not null,
    last bigint not null,
    mac bytea not null,
    body bytea not null,
    primary key (account, first));

-- Where the journal of each account ends, and with which key it is chained. Who appends moves it on, and only from where it expects it.
create table if not exists trader.journal_head (
    account text primary key,
    last bigint not null,
    mac bytea not null,
    key_id text not null,
    written timestamptz not null default now()) with (fillfactor = 50);

create or replace function trader.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'the journal only grows';
end $$;

create or replace trigger journal_only_grows before update or delete on trader.journal for each row execute function trader.refuse_change();

create or replace trigger journal_is_not_emptied before truncate on trader.journal for each statement execute function trader.refuse_change();

create table if not exists trader.state (
    name text primary key,
    version bigint not null,
    body bytea not null,
    written timestamptz not null default now());

-- Times and periods in ticks of 100 ns since the year 1, UTC.
create table if not exists trader.reminder (
    grain text not null,
    name text not null,
    start_ticks bigint not null,
    period_ticks bigint not null,
    primary key (grain, name));
