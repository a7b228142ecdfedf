using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OrleansTrader.Adapters.Journal;
using OrleansTrader.Core.Accounts;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>A service in live mode at an exchange of this process, by configuration only, with a strategy of its own that trades for the sake of it; killed and started again as it comes.</summary>
/// <param name="folder">In which the service is started.</param>
/// <param name="say">Is told what happens.</param>
internal sealed class Rehearsal(string folder, RehearsalAccount exchange, Action<string> say) : IAsyncDisposable
{
    /// <summary>Enters and leaves as the digits of prices fall, with a stop and a target that are soon met.</summary>
    private const string Restless = """
        public sealed class Restless(StrategyValues values) : BarStrategy
        {
            private static readonly StrategyParameter Distance = new("Distance", 20, 1, 1000, 1, "basis points from the close to stop and target");

            public static StrategyEntry Entry { get; } = new("restless", "Trades for the sake of it.", [Distance], values => new Restless(values));

            public override string Name => Entry.Name;

            protected override void Prepare(IndicatorSet indicators)
            {
            }

            protected override Signal Evaluate(in Candle candle, VoteSheet? votes) => ((ulong)BitConverter.DoubleToInt64Bits(candle.Close) * 0x9E3779B97F4A7C15 >> 60) switch
            {
                < 7 => new Signal(Direction.Long, 1, candle.Close * (1 - (values[Distance] / 10_000)), candle.Close * (1 + (values[Distance] / 10_000))),
                < 10 => Signal.Flat(1),
                _ => Signal.Hold,
            };
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private ServiceProcess? _service;
    private bool _isArmed;

    /// <summary>For how long something was held without protection while the service was up.</summary>
    public ProtectionWatch Watch { get; } = new(exchange.Server.Exchange);

    public int Kills { get; private set; }

    /// <summary>All that is in the journal, also while the service runs.</summary>
    public IReadOnlyList<Fact> Facts => [.. new JournalInspection(new StateLayout(Path.Combine(folder, "state")).Journal).Read(exchange.LiveName).SelectMany(batch => batch.Facts)];

    /// <summary>How many orders of one name the exchange has besides the first, and trades the journal.</summary>
    public int Duplicates => exchange.Books.Doubles.Count + Facts.Where(fact => fact.Kind == FactKind.Filled).GroupBy(fact => (fact.Symbol, fact.TradeId)).Count(group => group.Count() > 1);

    /// <summary>Starts the service, and arms it when it is the first time. A start that meets a fault ends with a sentence, and whoever looks after the service starts it again.</summary>
    /// <param name="distance">Of stop and target, basis points.</param>
    public async Task StartAsync(int distance)
    {
        const int MostStarts = 10;
        Directory.CreateDirectory(Path.Combine(folder, "strategies"));
        await File.WriteAllTextAsync(Path.Combine(folder, "strategies", "restless.cs"), Restless);
        string[] settings =
        [
            "--Account:Mode=live", "--Account:Strategy=restless", string.Create(CultureInfo.InvariantCulture, $"--Account:Parameters:Distance={distance}"), "--Account:FirstDayOrderValue=0", "--Risk:Preset=none", "--Risk:CooldownBars=0", "--Risk:MaxOpenPositions=5", "--Risk:MaxPositionShare=0.1",
            $"--Binance:StreamUrl=ws://{exchange.Server.Address.Authority}", .. exchange.Settings,
        ];
        for (var start = 1; _service is null; start++)
        {
            try
            {
                _service = await ServiceProcess.StartAsync(folder, [exchange.Key], settings);
            }
            catch (TimeoutException failed) when (start < MostStarts && (failed.Message.Contains("error: Binance ", StringComparison.Ordinal) || failed.Message.Contains("error: 127.0.0.1 has not answered", StringComparison.Ordinal)))
            {
                say(failed.Message);
            }
        }

        Watch.Begin();
        if (!_isArmed)
        {
            using var answer = await _http.PostAsJsonAsync(new Uri($"{_service.Url}/api/v1/arm"), new { confirm = exchange.LiveName });
            answer.EnsureSuccessStatusCode();
        }

        _isArmed = true;
        say("the service is up");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await _service!.KillAsync();
        Watch.End();
        await _service.DisposeAsync();
        _service = null;
        say(string.Create(CultureInfo.InvariantCulture, $"kill {++Kills}; {Watch.Longest.TotalSeconds:0.0} s unprotected at the most so far"));
    }

    /// <summary>Waits for the next request for an order or its end, for a minute at the most.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> NextOrderAsync()
    {
        var floor = exchange.Server.Exchange.Floor;
        var before = exchange.Server.Exchange.Do(() => floor.OrderRequests);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var begin = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begin) < Patience;)
        {
            if (exchange.Server.Exchange.Do(() => floor.OrderRequests) != before) return true;
            await timer.WaitForNextTickAsync();
        }

        return false;
    }

    /// <summary>Lets everything come to its end, without faults and without new positions.</summary>
    /// <returns>In what account and exchange still differ, a sentence each.</returns>
    public async Task<IReadOnlyList<string>> SettleAsync()
    {
        await exchange.ChangeAsync(HttpMethod.Delete, "faults");
        using (var paused = await _http.PostAsync(new Uri($"{_service!.Url}/api/v1/pause"), content: null)) paused.EnsureSuccessStatusCode();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            await timer.WaitForNextTickAsync();
            // The market goes on, and so may a trade be on its way to the journal at any moment.
            var view = (await _http.GetFromJsonAsync<JsonElement>(new Uri($"{_service.Url}/api/v1/status"))).GetProperty("exchange");
            var differences = exchange.Books.DifferencesFrom(() => Facts, new Dictionary<string, decimal>(StringComparer.Ordinal));
            if (!view.GetProperty("isSettled").GetBoolean() || view.GetProperty("unanswered").GetInt32() > 0 || view.GetProperty("differences").GetString()!.Length > 0) differences.Add($"the service is not settled: {view}");
            foreach (var symbol in Watch.Bare) differences.Add($"{symbol} is held without protection");
            if (differences.Count > 0 && TimeProvider.System.GetElapsedTime(begin) < Patience) continue;
            Watch.End();
            foreach (var line in (string[])[.. Watch.Reason, .. differences]) say(line);
            return differences;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_service is not null) await _service.DisposeAsync();
    }
}
