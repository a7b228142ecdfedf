#if !ORLEANS
using System.Globalization;
using System.Text.Json;
using OrleansTrader.ExchangeSimulator;
using OrleansTrader.ExchangeSimulator.Faults;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>
/// A service in live mode trades five symbols at an exchange of this machine in time that runs fast, while one in twenty requests and messages goes wrong, connections break and the
/// service is killed. In the end both must agree to the last trade.
/// </summary>
public sealed class TortureRun : IDisposable
{
    private const double Speed = 60;

    /// <summary>Of stop and target, basis points.</summary>
    private const int Distance = 20;

    /// <summary>One in twenty.</summary>
    private const double Share = 0.05;

    /// <summary>How much longer a busy machine goes on that has not shown enough in its time.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromMinutes(4);

    private static readonly string[] Symbols = ["ADAUSDT", "BNBUSDT", "BTCUSDT", "ETHUSDT", "SOLUSDT"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_goes_wrong_for_a_minute_account_and_exchange_agree_in_the_end()
    {
        var outcome = await RunAsync(TimeSpan.FromSeconds(45), seed: 1, (_, said) => TestContext.Current.SendDiagnosticMessage(said));
        Assert.Equal((0, 0), (outcome.Differences, outcome.Duplicates));
        Assert.True(IsEnough(outcome.Kills, outcome.Fills, outcome.Faults), $"too little to prove anything: {outcome}");
    }

    /// <summary>Started by <c>scripts/torture</c>.</summary>
    [Fact(Explicit = true)]
    public async Task Tortures()
    {
        var file = Setting("TORTURE_OUT");
        var outcome = await RunAsync(TimeSpan.FromMinutes(Number("TORTURE_MINUTES")), Number("TORTURE_SEED"), (when, said) => File.AppendAllText($"{file}.log", string.Create(CultureInfo.InvariantCulture, $"{when:hh\\:mm\\:ss} {said}{Environment.NewLine}")));
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(outcome, JsonSerializerOptions.Web) + Environment.NewLine, Cancellation);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<Outcome> RunAsync(TimeSpan length, int seed, Action<TimeSpan, string> say)
    {
        var begin = TimeProvider.System.GetTimestamp();
        await using var exchange = await RehearsalAccount.OpenAsync(_folder.FullName, "1m", Symbols, options => Prepare(options, seed));
        await using var rehearsal = new Rehearsal(_folder.FullName, exchange, said => say(TimeProvider.System.GetElapsedTime(begin), said));
        var random = new Random(seed);
        while (true)
        {
            await rehearsal.StartAsync(Distance);
            var (life, left) = (TimeSpan.FromSeconds(random.Next(5, 20)), length - TimeProvider.System.GetElapsedTime(begin));
            await DisturbAsync(exchange, left > TimeSpan.Zero && left < life ? left : life, random);
            if (life >= left && (IsEnough(rehearsal.Kills, exchange.Books.Counts.Fills, FaultsOf(exchange)) || left < -Longer)) break;
            // Half of them while an order is under way.
            if (random.Next(2) == 0) await rehearsal.NextOrderAsync();
            await rehearsal.KillAsync();
        }

        var faults = FaultsOf(exchange);
        var differences = await rehearsal.SettleAsync();
        var (orders, fills) = exchange.Books.Counts;
        return new Outcome(orders, fills, faults, rehearsal.Kills, differences.Count, rehearsal.Duplicates, Math.Round(rehearsal.Watch.Longest.TotalSeconds, 1));
    }

    private static bool IsEnough(int kills, int fills, long faults) => kills > 0 && fills > 10 && faults > 50;

    private static long FaultsOf(RehearsalAccount exchange) => exchange.Server.Exchange.Do(() => exchange.Server.Exchange.Floor.Faults.Count);

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

    private static int Number(string name) => int.Parse(Setting(name), CultureInfo.InvariantCulture);

    private static string Setting(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set; use scripts/torture.");

    /// <param name="MaxUnprotectedSeconds">Of the market, while the service was up.</param>
    private sealed record Outcome(long Orders, int Fills, long Faults, int Kills, int Differences, int Duplicates, double MaxUnprotectedSeconds);
}
#endif
