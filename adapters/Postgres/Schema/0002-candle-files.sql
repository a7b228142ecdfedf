-- What reading each candle file has found. Only a memory: a file that is no longer the same is read again, and so is one without a row.
-- The last write in ticks of 100 ns since the year 1, UTC; the sample is the SHA-256 of the first and last 4 KiB.
create table if not exists trader.candle_file (
    folder text not null,
    name text not null,
    length bigint not null,
    written_ticks bigint not null,
    sample text not null,
    first_open timestamptz not null,
    last_open timestamptz not null,
    first_price double precision not null,
    candles int not null,
    price_decimals int not null,
    missing bigint not null,
    longest_gap interval not null,
    gap_from timestamptz,
    primary key (folder, name));
