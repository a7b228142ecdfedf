using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Accounts;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli.Exchange;

/// <summary>The options of <c>trader exchange</c>: a file of settings, and what is named beside it, which goes before.</summary>
internal sealed class ExchangeOptionSet
{
    private const string AccountName = "rehearsal";
    private const decimal DefaultBalance = 10_000;
    private const decimal BasisPoints = 10_000;
    private const decimal MostBalance = 1_000_000_000_000;

    private static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);
    private static readonly string[] StandardSymbols = ["ADAUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];

    private readonly Option<string?> _settings = new("--settings") { Description = "File of settings, { \"ExchangeSimulator\": { ... } }; what is named here as well goes before it" };
    private readonly Option<Uri> _address = new("--address") { Description = "Where it listens; port 0 takes any that is free", DefaultValueFactory = _ => new Uri("http://127.0.0.1:7070"), CustomParser = ParseAddress };
    private readonly Option<string?> _data = new("--data") { Description = "Folder of candle files to play, <SYMBOL>-<interval>.csv or .csv.gz; without it prices are invented" };
    private readonly Option<string> _symbols = new("--symbols") { Description = "Names separated by commas; none takes all that the folder has, or four invented ones", DefaultValueFactory = _ => "" };
    private readonly Option<Interval> _interval = IntervalOption.Create(Interval.OneMinute);
    private readonly Option<DateTime?> _from = TimeOption.Create("--from", "With --data: where the bars begin that are played, UTC; those before are history");
    private readonly Option<DateTime?> _start = TimeOption.Create("--start", "What the exchange's clock shows at first, UTC; otherwise this machine's time");
    private readonly Option<DateTime?> _since = TimeOption.Create("--since", "With --speed: when the exchange's clock and this machine's showed the same, UTC; otherwise the start, to the second");
    private readonly Option<double?> _speed = NumberOption.Create("--speed", "Seconds of market that pass in one second; otherwise 1", 0.001, 1_000_000.0);
    private readonly Option<int?> _seed = NumberOption.Create("--seed", "Of invented prices, ids and faults; otherwise 1", 0, int.MaxValue);
    private readonly Option<string[]> _balances = new("--balance") { Description = "What the account owns, such as USDT=5000; may come several times; otherwise 10000 of each quote currency", DefaultValueFactory = _ => [], CustomParser = result => ParseBalances(result) };
    private readonly Option<string?> _key = new("--key-file") { Description = "File with the API key in its first line and its secret in the second; made with a new throw-away key where there is none. Without it a key is made for this run" };
    private readonly Option<decimal?> _fee = NumberOption.Create("--fee-bps", "Fee in basis points of each trade's value; otherwise 10", 0m, 1_000m);
    private readonly Option<string?> _faults = new("--faults") { Description = "File of what goes wrong, such as { \"timeoutAfter\": 0.05, \"operations\": [\"order.\"] }" };

    public void AddTo(Command command)
    {
        _symbols.Validators.Add(result =>
        {
            if (!result.Implicit && result.GetValueOrDefault<string>() is { } names && !SettingForms.IsSymbols(names))
                result.AddError($"--symbols is '{names}'; it must be {SettingForms.Symbols}.");
        });
        foreach (var file in new[] { _settings, _key, _faults })
            file.Validators.Add(result =>
            {
                if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string?>())) result.AddError($"{file.Name} is empty; it must be the name of a file.");
            });
        foreach (var option in new Option[] { _settings, _address, _data, _symbols, _interval, _from, _start, _since, _speed, _seed, _balances, _key, _fee, _faults }) command.Options.Add(option);
    }

    public Uri Address(ParseResult parsed) => parsed.GetValue(_address)!;

    /// <returns>The key of the account that was made; null where the file of settings has accounts.</returns>
    /// <exception cref="OperatorException">A file cannot be used, or what is named contradicts it.</exception>
    public (SimulatorOptions Options, RehearsalKey? Key) Settings(ParseResult parsed)
    {
        var options = parsed.GetValue(_settings) is { } file ? SimulatorFile.ReadSettings(file) : new SimulatorOptions();
        if (parsed.GetValue(_seed) is { } seed) options.Seed = seed;
        if (parsed.GetValue(_speed) is { } speed) options.Speed = speed;
        if (parsed.GetValue(_start) is { } start) options.Start = start;
        if (parsed.GetValue(_since) is { } since) options.Since = since;
        JudgeClock(options);
        if (parsed.GetValue(_faults) is { } faults) options.Faults = SimulatorFile.ReadFaults(faults);
        if (options.Accounts.Count > 0)
        {
            if (new Option[] { _balances, _key, _fee }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } doubled)
                throw new SimulatorException($"{doubled.Name} is of the account that is made without a file of settings, and {parsed.GetValue(_settings)} has accounts; leave one of the two out.");
            return (options, null);
        }

        var key = RehearsalKey.Take(parsed.GetValue(_key));
        var rate = parsed.GetValue(_fee) / BasisPoints ?? new FeeRates().Taker;
        var account = new AccountOptions { Name = AccountName, Keys = { new KeyOptions { ApiKey = key.ApiKey, Secret = key.Secret } }, Standard = new FeeRates { Maker = rate, Taker = rate } };
        foreach (var balance in parsed.GetValue(_balances)!)
        {
            _ = TryBalance(balance, out var asset, out var amount);
            if (!account.Balances.TryAdd(asset, amount)) throw new SimulatorException($"--balance names {asset} twice; leave one of the two out.");
        }

        options.Accounts.Add(account);
        return (options, key);
    }

    /// <summary>The market that is played; an account without balances gets some of its quote currencies.</summary>
    /// <exception cref="OperatorException">Folder or range have no candles.</exception>
    public async Task<IMarketFeed> MarketAsync(ParseResult parsed, SimulatorOptions options, CancellationToken cancellation)
    {
        var names = new MarketSettings { Symbols = parsed.GetValue(_symbols)! }.SymbolList;
        var interval = parsed.GetValue(_interval);
        IMarketFeed feed;
        if (parsed.GetValue(_data) is { } folder)
        {
            var recorded = ReplayFeed.Load(new ReplayOptions(folder, interval) { Symbols = names, BadRows = BadRowPolicy.Skip }, cancellation);
            foreach (var problem in recorded.Problems) await Console.Error.WriteLineAsync($"warning: {problem}");
            options.Market.From = Begin(recorded, parsed.GetValue(_from) ?? options.Market.From, options.Market.HistoryBars);
            feed = recorded;
        }
        else
        {
            if (parsed.GetValue(_from) is not null) throw new SimulatorException("--from is of recorded candles, and no folder is named; name one with --data, or set the clock with --start.");
            feed = new SyntheticFeed(options.Seed, interval, names.Count > 0 ? names : StandardSymbols);
        }

        JudgeBalances(parsed.GetValue(_balances)!, feed);
        foreach (var account in options.Accounts)
            if (account.Balances.Count == 0)
                foreach (var rules in feed.Symbols)
                    account.Balances[rules.QuoteAsset] = DefaultBalance;
        return feed;
    }

    /// <summary>What no symbol is traded in or for is a slip of the pen.</summary>
    private static void JudgeBalances(string[] balances, IMarketFeed feed)
    {
        var assets = feed.Symbols.Select(rules => rules.QuoteAsset).Concat(feed.Symbols.Select(rules => rules.BaseAsset)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var balance in balances)
            if (TryBalance(balance, out var asset, out _) && !assets.Contains(asset, StringComparer.Ordinal))
                throw new SimulatorException($"--balance is '{balance}'; no symbol of the market has {asset}, there are {string.Join(", ", assets)}.");
    }

    /// <summary>Where the bars begin that are played: as named, or after the history, which is half of the bars at the most.</summary>
    private static DateTime Begin(ReplayFeed recorded, DateTime? named, int history)
    {
        var steps = recorded.StepTimes;
        if (named is not { } from) return steps[Math.Min(history, steps.Count / 2)] - recorded.Interval.Length;
        var first = steps[0] - recorded.Interval.Length;
        return from >= first && from < steps[^1]
            ? from
            : throw new SimulatorException(string.Create(CultureInfo.InvariantCulture, $"The bars cannot begin at {from:yyyy-MM-dd HH:mm}; the candles reach from {first:yyyy-MM-dd HH:mm} to {steps[^1]:yyyy-MM-dd HH:mm}."));
    }

    /// <summary>Whole seconds, as settings of time have them: who reads when the clocks showed the same can set another one by it.</summary>
    private static void JudgeClock(SimulatorOptions options)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        if (options is { Start: not null, Since: not null }) throw new SimulatorException("Both --start and --since say what the clock shows; leave one of the two out.");
        if (options is { Since: not null, Speed: 1 })
            throw new SimulatorException("--since says when the exchange's clock showed the same as this machine's; without --speed it always does. Name a speed, or leave --since out.");
        if (options.Since is { } since && (since > now || now - since > LongestAgo))
            throw new SimulatorException(string.Create(CultureInfo.InvariantCulture, $"--since is {since:yyyy-MM-dd'T'HH:mm:ss}; it must lie within the {LongestAgo.Days} days before now, {now:yyyy-MM-dd'T'HH:mm:ss} UTC."));
        if (options.Start is null) options.Since ??= new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
    }

    private static Uri? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "http", PathAndQuery: "/", UserInfo: "" }) return address;
        result.AddError($"--address is '{text}'; it must be an address that begins with http:// and ends with a port, such as http://127.0.0.1:7070.");
        return null;
    }

    private static string[] ParseBalances(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
            if (!TryBalance(token.Value, out _, out _))
                result.AddError($"--balance is '{token.Value}'; it must be an asset and an amount from 0 to {MostBalance}, such as USDT=5000.");
        return [.. result.Tokens.Select(token => token.Value)];
    }

    private static bool TryBalance(string text, out string asset, out decimal amount)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        (asset, amount) = (at > 0 ? text[..at].Trim().ToUpperInvariant() : "", 0);
        return asset.Length > 0 && asset.All(char.IsAsciiLetterOrDigit) && decimal.TryParse(text.AsSpan(at + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount) && amount <= MostBalance;
    }
}
