using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Faults;
using OrleansTrader.Silo.Hosting;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>
/// A service in live mode trades five symbols at an exchange of this machine in time that runs fast, while one in twenty requests and messages goes wrong, connections break and the
/// service is killed. In the end both must agree to the last trade.
/// </summary>
public sealed class TortureRun : IDisposable
{
    private const double Speed = 60;

    /// <summary>One in twenty.</summary>
    private const double Share = 0.05;

    /// <summary>Trades for the sake of it: enters and leaves as the digits of prices fall, with a stop and a target that are soon met.</summary>
    private const string Restless = """
        public sealed class Restless : BarStrategy
        {
            private const double Distance = 0.002;

            public static StrategyEntry Entry { get; } = new("restless", "Trades for the sake of it.", [], _ => new Restless());

            public override string Name => Entry.Name;

            protected override void Prepare(IndicatorSet indicators)
            {
            }

            protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => ((ulong)BitConverter.DoubleToInt64Bits(candle.Close) * 0x9E3779B97F4A7C15 >> 60) switch
            {
                < 7 => new Signal(Direction.Long, 1, candle.Close * (1 - Distance), candle.Close * (1 + Distance)),
                < 10 => Signal.Flat(1),
                _ => Signal.Hold,
            };
        }
        """;

    private static readonly string[] Symbols = ["ADAUSDT", "BNBUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];
    private static readonly TimeSpan ToSettle = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StateLayout State => new(Path.Combine(_folder.FullName, "state"));

    [Fact]
    public async Task Whatever_goes_wrong_for_a_minute_account_and_exchange_agree_in_the_end()
    {
        var outcome = await RunAsync(TimeSpan.FromSeconds(45), seed: 1, (_, said) => TestContext.Current.SendDiagnosticMessage(said));
        Assert.Equal((0, 0), (outcome.Differences, outcome.Duplicates));
        Assert.True(outcome is { Kills: > 0, Fills: > 50, Faults: > 50 }, $"too little to prove anything: {outcome}");
    }

    /// <summary>Started by <c>scripts/torture</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Tortures()
    {
        var file = Setting("TORTURE_OUT");
        var outcome = await RunAsync(TimeSpan.FromMinutes(Number("TORTURE_MINUTES")), Number("TORTURE_SEED"), (when, said) => File.AppendAllText($"{file}.log", string.Create(CultureInfo.InvariantCulture, $"{when:hh\\:mm\\:ss} {said}{Environment.NewLine}")));
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web) + Environment.NewLine, Cancellation);
    }

    public void Dispose()
    {
        _http.Dispose();
        if (Environment.GetEnvironmentVariable("TORTURE_KEEP") is null) _folder.Delete(recursive: true);
    }

    private async Task<Outcome> RunAsync(TimeSpan length, int seed, Action<TimeSpan, string> say)
    {
        var begin = TimeProvider.System.GetTimestamp();
        void Say(string said) => say(TimeProvider.System.GetElapsedTime(begin), said);
        _folder.CreateSubdirectory("strategies");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "strategies", "restless.cs"), Restless, Cancellation);
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "1m", Symbols, options => Prepare(options, seed));
        var (random, watch, kills) = (new Random(seed), new ProtectionWatch(exchange.Server.Exchange), 0);
        var isArmed = false;
        while (true)
        {
            await using var service = await StartAsync(exchange, Say);
            watch.Begin();
            if (!isArmed) await ArmAsync(service, exchange.LiveName);
            isArmed = true;
            Say("the service is up");
            var life = TimeSpan.FromSeconds(random.Next(5, 20));
            var isLast = TimeProvider.System.GetElapsedTime(begin) + life >= length;
            await DisturbAsync(exchange, isLast ? length - TimeProvider.System.GetElapsedTime(begin) : life, random);
            if (isLast)
            {
                var differences = await SettleAsync(exchange, service, watch, Say);
                watch.End();
                foreach (var line in watch.Reason) Say(line);
                var (orders, fills) = exchange.Books.Counts;
                var doubled = Facts(exchange).Where(fact => fact.Kind == FactKind.Filled).GroupBy(fact => (fact.Symbol, fact.TradeId)).Count(group => group.Count() > 1);
                return new Outcome(orders, fills, exchange.Server.Exchange.Do(() => exchange.Server.Exchange.Floor.Faults.Count), kills, differences, exchange.Books.Doubles.Count + doubled, Math.Round(watch.Longest.TotalSeconds, 1));
            }

            // Half of them while an order is under way.
            if (random.Next(2) == 0) await NextOrderAsync(exchange);
            await service.KillAsync();
            watch.End();
            Say($"kill {++kills}; {watch.Longest.TotalSeconds:0.0} s unprotected at the most so far");
        }
    }

    private static void Prepare(SimulatorOptions options, int seed)
    {
        const double Kind = Share / 8;
        var messages = new MessageFaults { Lost = Share / 4, Doubled = Share / 4, Delayed = Share / 4, DelayMilliseconds = 2_000, Swapped = Share * 0.24, Disconnected = Share * 0.01 };
        (options.Seed, options.Speed) = (seed, Speed);
        options.Market.TicksPerLeg = 4;
        options.Accounts[0].Balances["USDT"] = 100_000;
        options.Faults = new FaultOptions
        {
            Latency = Kind,
            LatencyMilliseconds = 3_000,
            DropBefore = Kind,
            DropAfter = Kind,
            ErrorBefore = Kind,
            ErrorAfter = Kind,
            TimeoutBefore = Kind,
            TimeoutAfter = Kind,
            Overloaded = Kind,
            PartialFills = 0.2,
            Events = messages with { },
            Streams = messages with { },
        };
    }

    /// <summary>A start that meets a fault ends with a sentence, and whoever looks after the service starts it again.</summary>
    private async Task<ServiceProcess> StartAsync(RehearsalAccount exchange, Action<string> say)
    {
        const int MostStarts = 50;
        string[] settings =
        [
            "--Account:Mode=live", "--Account:Strategy=restless", "--Account:FirstDayOrderValue=0", "--Risk:Preset=none", "--Risk:CooldownBars=0", "--Risk:MaxOpenPositions=5", "--Risk:MaxPositionShare=0.1",
            $"--Binance:StreamUrl=ws://{exchange.Server.Address.Authority}", .. exchange.Settings,
        ];
        for (var start = 1; ; start++)
        {
            try
            {
                return await ServiceProcess.StartAsync(_folder.FullName, [exchange.Key], settings);
            }
            catch (TimeoutException failed) when (start < MostStarts && failed.Message.Contains("error: ", StringComparison.Ordinal))
            {
                say(failed.Message);
            }
        }
    }

    private async Task ArmAsync(ServiceProcess service, string account)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri($"{service.Url}/api/v1/arm"), new { confirm = account }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Breaks all connections every few seconds.</summary>
    private static async Task DisturbAsync(RehearsalAccount exchange, TimeSpan length, Random random)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (length - TimeProvider.System.GetElapsedTime(begin) is var left && left > TimeSpan.Zero)
        {
            var pause = TimeSpan.FromMilliseconds(random.Next(1_000, 6_000));
            await Task.Delay(pause < left ? pause : left, TimeProvider.System, Cancellation);
            if (pause < left) await exchange.ChangeAsync(HttpMethod.Post, "disconnect");
        }
    }

    /// <summary>Waits for the next request for an order, for some seconds at the most.</summary>
    private static async Task NextOrderAsync(RehearsalAccount exchange)
    {
        const int MostLooks = 3_000;
        var floor = exchange.Server.Exchange.Floor;
        var before = exchange.Server.Exchange.Do(() => floor.OrderRequests);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var look = 0; look < MostLooks && exchange.Server.Exchange.Do(() => floor.OrderRequests) == before; look++) await timer.WaitForNextTickAsync(Cancellation);
    }

    /// <summary>Lets everything come to its end without faults and without new positions.</summary>
    /// <returns>In how many things account and exchange still differ.</returns>
    private async Task<int> SettleAsync(RehearsalAccount exchange, ServiceProcess service, ProtectionWatch watch, Action<string> say)
    {
        await exchange.ChangeAsync(HttpMethod.Delete, "faults");
        using (var paused = await _http.PostAsync(new Uri($"{service.Url}/api/v1/pause"), content: null, Cancellation)) paused.EnsureSuccessStatusCode();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await timer.WaitForNextTickAsync(Cancellation);
            // The market goes on, and so may a trade be on its way to the journal at any moment.
            var view = (await _http.GetFromJsonAsync<JsonElement>(new Uri($"{service.Url}/api/v1/status"), Cancellation)).GetProperty("exchange");
            var differences = exchange.Books.DifferencesFrom(() => Facts(exchange), new Dictionary<string, decimal>(StringComparer.Ordinal));
            if (!view.GetProperty("isSettled").GetBoolean() || view.GetProperty("unanswered").GetInt32() > 0) differences.Add($"the service is not settled: {view}");
            foreach (var symbol in watch.Bare) differences.Add($"{symbol} is held without protection");
            if (differences.Count > 0 && TimeProvider.System.GetElapsedTime(begin) < ToSettle) continue;
            foreach (var difference in differences) say($"difference: {difference}");
            return differences.Count;
        }
    }

    private List<Fact> Facts(RehearsalAccount exchange) => [.. new JournalInspection(State.Journal).Read(exchange.LiveName, Cancellation).SelectMany(batch => batch.Facts)];

    private static int Number(string name) => int.Parse(Setting(name), CultureInfo.InvariantCulture);

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; use scripts/torture.");

    /// <param name="MaxUnprotectedSeconds">Of the market, while the service was up.</param>
    private sealed record Outcome(long Orders, int Fills, long Faults, int Kills, int Differences, int Duplicates, double MaxUnprotectedSeconds);
}
