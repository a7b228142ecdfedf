using Microsoft.Extensions.Configuration;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Risk;
using OrleansTrader.Silo.Settings;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A typing error never trades with a default.</summary>
public class SettingsTests
{
    private const string Now = "since a minute ago";
    private const string NotHere = "Rehearsal:Speed is 60, and Binance:RestUrl, Binance:SocketUrl and Binance:StreamUrl do not all lead to an exchange on this machine without a proxy; time runs faster at one to rehearse at only, such as http://127.0.0.1:7070.";

    [Theory]
    [InlineData("--Market:Source=auto,replay")]
    [InlineData("--Market:Source=-1")]
    [InlineData("--Market:Source=2")]
    [InlineData("--Market:Source=")]
    [InlineData("--Market:Source= replay")]
    public void A_market_source_is_one_of_its_names(string setting)
    {
        var value = setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.Equal($"Market:Source is '{value}'; it must be one of auto, binance, replay, synthetic.", Refusal(setting));
    }

    [Fact]
    public void Upper_and_lower_case_are_alike()
    {
        var market = TraderSettings.Read(Of("--market:source=REPLAY", "--MARKET:BadRows=Stop", "--Market:Symbols=btcusdt, ETHUSDT")).Market;
        Assert.Equal((MarketSource.Replay, BadRows.Stop), (market.Source, market.BadRows));
        Assert.Equal(["BTCUSDT", "ETHUSDT"], market.SymbolList);
    }

    [Theory]
    [InlineData("--Account=mine", "Account is 'mine', but it is a group of settings; write Account:Mode, Account:Name, Account:Cash, Account:FirstDayOrderValue, Account:Strategy, Account:StrategyFolder, Account:HandOver, Account:Valuation, Account:ValuationSymbol, Account:Parameters.")]
    [InlineData("--Account:Valuation=USDT", "Account:Valuation is 'USDT', but Account:ValuationSymbol is missing; name the symbol whose close is the rate, such as BTCUSDT.")]
    [InlineData("--Account:ValuationSymbol=BTCUSDT", "Account:ValuationSymbol is 'BTCUSDT', but Account:Valuation is missing; name the currency, such as USDT.")]
    [InlineData("--Account:Valuation=U$", "Account:Valuation is 'U$'; it must be the letters and digits of a currency, such as USDT.")]
    [InlineData("--Account:Mode=real", "Account:Mode is 'real'; it must be one of paper, dry-run, live.")]
    [InlineData("--Account:FirstDayOrderValue=-1", "Account:FirstDayOrderValue is '-1'; it must be a number from 0 to 1000000000.")]
    [InlineData("--Risk:Preset=reckless", "Risk:Preset is 'reckless'; it must be one of careful, balanced, bold, none.")]
    [InlineData("--Risk:DrawdownReaction=sell", "Risk:DrawdownReaction is 'sell'; it must be one of refuse, pause, flatten.")]
    [InlineData("--Risk:MaxDrawdown=1.5", "Risk:MaxDrawdown is '1.5'; it must be a number from 0 to 1.")]
    [InlineData("--Market:Symbols:0=BTCUSDT", "Market:Symbols must be a single value: names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT.")]
    [InlineData("--Market:Symbols=,", "Market:Symbols is ','; it must be names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT.")]
    [InlineData("--Market:From=13:00", "Market:From is '13:00'; it must be a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00.")]
    [InlineData("--Market:To=01/02/2023", "Market:To is '01/02/2023'; it must be a UTC date or time, such as 2023-01-31 or 2023-01-31T12:00.")]
    [InlineData("--Allocation:Targets:BTCUSDT=half", "Allocation:Targets:BTCUSDT is 'half'; it must be a number from 0 to 1.")]
    [InlineData("--Allocation:Targets:BTCUSDT=1.5", "Allocation:Targets:BTCUSDT is '1.5'; it must be a number from 0 to 1.")]
    [InlineData("--Allocation:Drift=2", "Allocation:Drift is '2'; it must be a number from 0 to 1.")]
    [InlineData("--Market:Interval=5w", "Market:Interval is '5w'; it must be a whole number followed by s, m, h, d or w, such as 1m or 1h, and 4w at the most.")]
    public void A_setting_of_the_wrong_shape_is_refused(string setting, string expected) => Assert.Equal(expected, Refusal(setting));

    [Fact]
    public void A_group_that_also_has_a_value_of_its_own_is_refused() =>
        Assert.StartsWith("Market is 'replay', but it is a group", Refusal("--Market=replay", "--Market:Speed=5"), StringComparison.Ordinal);

    [Fact]
    public void A_single_limit_overrides_that_of_the_preset_and_leaves_the_others()
    {
        var risk = TraderSettings.Read(Of("--Risk:Preset=balanced", "--Risk:MaxDrawdown=0.1")).Risk;
        Assert.Equal(RiskPresets.Of(RiskPreset.Balanced) with { MaxDrawdown = 0.1m }, risk);
        Assert.Equal(RiskPresets.Of(RiskPreset.Balanced), TraderSettings.Read(Of()).Risk);
        Assert.Equal(new RiskLimits(), TraderSettings.Read(Of(), RiskPreset.None).Risk);
    }

    [Fact]
    public void Times_are_UTC()
    {
        var market = TraderSettings.Read(Of("--Market:From=2023-01-31", "--Market:To=2023-01-31T12:00+01:00", "--Market:Interval=4w")).Market;
        Assert.Equal(new DateTime(2023, 1, 31, 0, 0, 0, DateTimeKind.Utc), market.From);
        Assert.Equal(new DateTime(2023, 1, 31, 11, 0, 0, DateTimeKind.Utc), market.To);
        Assert.Equal(Interval.Parse("4w"), market.Interval);
    }

    [Theory]
    [InlineData("--State:Encrypt=true", "State:Encrypt is set together with ConnectionStrings:Trader, but only files are sealed; leave it out and encrypt the disks of PostgreSQL, or keep the state in files.")]
    [InlineData("--State:RetentionDays=30", "State:RetentionDays is set together with ConnectionStrings:Trader, but a journal in PostgreSQL keeps every fact; leave it out, or keep the state in files.")]
    public void What_only_files_do_is_not_asked_of_a_database(string setting, string expected)
    {
        Assert.Equal(expected, Refusal(setting, "--ConnectionStrings:Trader=Host=db"));
        Assert.NotNull(TraderSettings.Read(Of(setting)));
    }

    [Theory]
    [InlineData("Account:Mode is 'live' and Market:Source is 'auto'; it must be binance, since the account is there and no other market stands in for it.", "--Account:Mode=live", "--Market:Symbols=BTCUSDT")]
    [InlineData("Account:Mode is 'dry-run' and Market:Source is 'replay'; it must be binance, since the account is there and no other market stands in for it.", "--Account:Mode=dry-run", "--Market:Source=replay")]
    [InlineData("Account:Mode is 'live' and Market:Symbols is empty; name the symbols that real money may buy, such as BTCUSDT,ETHUSDT.", "--Account:Mode=live", "--Market:Source=binance")]
    [InlineData("Account:Mode is 'dry-run' and of Binance:RestUrl and Binance:SocketUrl only one is set; set both to one exchange, or neither.", "--Account:Mode=dry-run", "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070")]
    [InlineData("Account:Mode is 'dry-run' and Binance:RestUrl or Binance:SocketUrl leads to another machine unencrypted; write https:// and wss://.", "--Account:Mode=dry-run", "--Market:Source=binance", "--Binance:RestUrl=https://a.example", "--Binance:SocketUrl=ws://a.example/ws-api/v3")]
    [InlineData("Market:Symbols is 'BTC/USDT'; it must be names of letters and digits separated by commas, such as BTCUSDT,ETHUSDT.", "--Account:Mode=live", "--Market:Source=binance", "--Market:Symbols=BTC/USDT")]
    [InlineData("Binance:SocketUrl is 'hello'; it must be an address that begins with ws:// or wss://, such as ws://127.0.0.1:7070/ws-api/v3.", "--Account:Mode=dry-run", "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:SocketUrl=hello")]
    public void An_account_that_is_not_on_paper_takes_nothing_in_the_place_of_what_is_missing(string expected, params string[] settings) => Assert.Equal(expected, Refusal(settings));

    [Fact]
    public void Modes_are_read_as_they_are_written_and_paper_is_the_standard()
    {
        Assert.Equal(AccountMode.Paper, TraderSettings.Read(Of()).Account.Mode);
        Assert.Equal(AccountMode.DryRun, TraderSettings.Read(Of("--Account:Mode=Dry-Run", "--Market:Source=binance")).Account.Mode);
        Assert.Contains(SettingsHelp.Lines(), line => line.Contains("--Account:Mode", StringComparison.Ordinal) && line.EndsWith("one of paper, dry-run, live; default paper", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Key", "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A")]
    [InlineData("Secret", "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j")]
    [InlineData("Secret", "nhqptmdsjydkjvhja7pzj4mge3r5ynip1e3uzjinclvn65xabvqqm6a7h5fatj0j")]
    [InlineData("Secret", "-----BEGIN PRIVATE KEY-----")]
    [InlineData("Key", "")]
    public void A_key_in_the_clear_is_refused_and_not_repeated(string setting, string value)
    {
        var refusal = Refusal($"--Binance:{setting}={value}");
        Assert.StartsWith($"Binance:{setting} is not the name of a secret; keep the key itself with 'trader secrets set binance.{setting.ToLowerInvariant()}', where it is sealed", refusal, StringComparison.Ordinal);
        if (value.Length > 0) Assert.DoesNotContain(value, refusal, StringComparison.Ordinal);
    }

#if !ORLEANS
    [Theory]
    [InlineData("Rehearsal:Speed is '0.5'; it must be a number from 1 to 1440.", "--Rehearsal:Speed=0.5")]
    [InlineData("Rehearsal:Since is set and Rehearsal:Speed is not; write both as 'trader exchange' says at its start, or neither.", Now)]
    [InlineData("Rehearsal:Speed is 60 and Rehearsal:Since is not set; write what 'trader exchange' says at its start.", "--Rehearsal:Speed=60", "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070")]
    [InlineData("Rehearsal:Speed is 60 and Market:Source is 'synthetic'; it must be binance, since other markets have a pace of their own, Market:Speed.", "--Rehearsal:Speed=60", Now, "--Market:Source=synthetic")]
    [InlineData(NotHere, "--Rehearsal:Speed=60", Now, "--Market:Source=binance")]
    [InlineData(NotHere, "--Rehearsal:Speed=60", Now, "--Market:Source=binance", "--Binance:RestUrl=https://api.example")]
    [InlineData(NotHere, "--Rehearsal:Speed=60", Now, "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:SocketUrl=wss://api.example/ws-api/v3")]
    [InlineData(NotHere, "--Rehearsal:Speed=60", Now, "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:StreamUrl=wss://api.example")]
    [InlineData(NotHere, "--Rehearsal:Speed=60", Now, "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:Proxy=http://there:80")]
    public void Time_runs_fast_at_an_exchange_of_this_machine_only(string expected, params string[] settings) =>
        Assert.Equal(expected, Refusal([.. settings.Select(setting => setting is Now ? $"--Rehearsal:Since={TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-dd'T'HH:mm:ss}" : setting)]));

    [Fact]
    public void Time_that_runs_fast_began_in_the_last_month() =>
        Assert.StartsWith("Rehearsal:Since is 2024-01-01T00:00:00; it must lie within the 30 days before now, ", Refusal("--Rehearsal:Speed=60", "--Rehearsal:Since=2024-01-01", "--Market:Source=binance", "--Binance:RestUrl=http://localhost:7070"), StringComparison.Ordinal);
#else
    [Fact]
    public void Time_does_not_run_fast_where_grains_keep_to_that_of_the_machine() =>
        Assert.Equal(
            "Rehearsal:Speed must be left out; only the embedded grain runtime keeps to such a time.",
            Refusal("--Rehearsal:Speed=60", $"--Rehearsal:Since={TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-dd'T'HH:mm:ss}", "--Market:Source=binance", "--Binance:RestUrl=http://127.0.0.1:7070"));
#endif

    [Theory]
    [InlineData(ExchangeKind.Production, null)]
    [InlineData(ExchangeKind.Testnet, null, "--Binance:Place=testnet")]
    [InlineData(ExchangeKind.Demo, null, "--Binance:Place=demo")]
    [InlineData(ExchangeKind.Rehearsal, "127.0.0.1:7070", "--Binance:RestUrl=http://127.0.0.1:7070")]
    [InlineData(ExchangeKind.Rehearsal, "localhost:7070", "--Binance:RestUrl=http://localhost:7070", "--Binance:SocketUrl=ws://[::1]:7070/ws-api/v3")]
    [InlineData(ExchangeKind.Production, "mirror.example", "--Binance:RestUrl=https://mirror.example", "--Binance:Place=testnet")]
    [InlineData(ExchangeKind.Production, "127.0.0.1:7070", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:SocketUrl=wss://mirror.example/ws-api/v3")]
    [InlineData(ExchangeKind.Production, "127.0.0.1:7070", "--Binance:RestUrl=http://127.0.0.1:7070", "--Binance:Proxy=http://proxy.example:3128")]
    public void An_exchange_is_one_to_rehearse_at_only_where_all_that_trades_stays_on_this_machine_and_it_has_shown_to_be_one(ExchangeKind kind, string? address, params string[] settings)
    {
        var binance = BinanceSettings.Read(Of(settings));
        Assert.Equal(new ExchangePlace(kind, address), binance.At(isSimulator: true));
        Assert.Equal(new ExchangePlace(kind == ExchangeKind.Rehearsal ? ExchangeKind.Production : kind, address), binance.At(isSimulator: false));
    }

    private static string Refusal(params string[] arguments) => Assert.Throws<SettingsException>(() => TraderSettings.Read(Of(arguments))).Message;

    private static IConfigurationRoot Of(params string[] arguments) => new ConfigurationBuilder().AddCommandLine(arguments).Build();
}
